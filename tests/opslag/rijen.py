"""Rows for every table, for the tests that take the tables up and down, and those of backups."""

from typing import Final

# by version of the tables: what can stand in those that came with it; references run to rows that stand above
RIJEN: Final[dict[str, dict[str, list[dict[str, object]]]]] = {
    "0001": {
        "betrokkene": [
            {
                "kenmerk": "b-1",
                "soort": "proef",
                "gemaakt": "2026-11-26T10:00:00.000000Z",
                "sleutel": b"\x00\xff sleutel",
            },
            {"kenmerk": "b-2", "soort": "proef", "gemaakt": "2026-11-26T10:00:01.000000Z", "sleutel": None},
        ],
        "boeking": [
            {
                "nummer": nummer,
                "wanneer": f"2026-11-26T10:00:0{nummer}.000000Z",
                "wie": "gebruiker:1",
                "wat": "proef",
                "onderwerp": "",
                "waarom": "omdat het één proef is; met 'aanhalingstekens'\nen een regel",
                "inhoud": "{}",
                "betrokkene": "b-1" if nummer == 1 else "",
                "beschermd": "h" if nummer == 1 else "",
                "sleutel": "0123456789abcdef",
                "vorige": "" if nummer == 1 else f"z{nummer - 1}",
                "zegel": f"z{nummer}",
            }
            for nummer in (1, 2)
        ],
        "beschermde_inhoud": [{"nummer": 1, "betrokkene": "b-1", "gegevens": bytes(range(256))}],
    },
    "0002": {
        "gebruiker": [
            {
                "kenmerk": f"g-{nummer}",
                "betrokkene": "b-1",
                "naam": f"u{nummer}@voorbeeld.nl",
                "persoon": "één mens",
                "organisatie": "duinrand/loket",
                "rollen": "adviseur,consulent",
                "wachtwoord": "$argon2id$v=19$..." if nummer == 1 else None,
                "moet_wijzigen": nummer == 1,
                "uitgever": None if nummer == 1 else "https://id.voorbeeld.nl",
                "onderwerp": None if nummer == 1 else "s-2",
                "geblokkeerd": None if nummer == 1 else "2026-11-26T10:00:02.000000Z",
                "gemaakt": "2026-11-26T10:00:00.000000Z",
            }
            for nummer in (1, 2)
        ],
        "sessie": [
            {
                "sleutel": "a" * 64,
                "kenmerk": "s-1",
                "gebruiker": "g-1",
                "begonnen": "2026-11-26T10:00:00.000000Z",
                "gezien": "2026-11-26T10:00:01.000000Z",
            }
        ],
    },
    "0003": {
        "regelinhoud": [{"hash": "sha256:a", "gegevens": b"versie: '1'\n\x00\xff"}],
        "revisie": [
            {
                "nummer": nummer,
                "hash": "sha256:b",
                "manifest": '{"versie.yaml":"sha256:a"}',
                "formaat": 1,
                "versie": "2026.1",
                "reden": "één reden",
                "herstelt": None if nummer == 0 else 0,
                "concept": "" if nummer == 0 else "c-1",
                "rapport": "" if nummer == 0 else "sha256:a",
                "gepubliceerd": "2026-11-26T10:00:00.000000Z",
            }
            for nummer in (0, 1)
        ],
        "pakketstand": [
            {
                "hash": "sha256:b",
                "manifest": '{"versie.yaml":"sha256:a"}',
                "versie": "2026.1",
                "volgnummer": 0,
                "concept": "",
                "gezien": "2026-11-26T10:00:00.000000Z",
            }
        ],
        "concept": [
            {
                "naam": naam,
                "reden": "één reden",
                "herstelt": 0,
                "basis": 0,
                "formaat": 1,
                "stand": stand,
                "opgeslagen": 3,
                "wijzigingen": '{"versie.yaml":null}',
                "hash": "sha256:b",
                "let_op": "",
                "invoerders": "g-1,g-2",
                "personen": "a1,a2",
                "rapport": "sha256:a",
                "rapport_over": "sha256:b",
                "rapport_klopt": True,
                "goedgekeurd_door": "g-2",
                "goedgekeurd_persoon": "a3",
                "goedgekeurd_over": "sha256:b sha256:a",
                "gewijzigd": "2026-11-26T10:00:00.000000Z",
            }
            for naam, stand in (("c-1", "gepubliceerd"), ("c-2", "open"))
        ],
    },
    "0004": {
        "aanvaarding": [
            {
                "concept": naam,
                "code": "bereik/landelijk/huurprijzen.yaml/kwaliteitskortingsgrens=498.20",
                "reden": "één reden",
                "door": "g-1",
                "wanneer": "2026-11-26T10:00:00.000000Z",
            }
            for naam in ("c-1", "c-2")
        ],
    },
}
