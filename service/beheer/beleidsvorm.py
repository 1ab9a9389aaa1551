"""The form of a landlord's decision: every question that ``beleid/<ronde>.yaml`` can hold the answer to.

The open questions have no answer beforehand; that something is not said is an answer of its own (``onbekend``).
"""

import re
from dataclasses import dataclass
from typing import Final

from regels.beleid.blokken import LABELS, SEGMENTEN, STATUSSEN_BELEID, ZONDER_LABEL
from regels.beleid.delen import GRENZEN, HOE, TREFT
from regels.regelset import ZEKERHEDEN
from service.beheer.beleidskeus import Keusoptie, Keusvak, los, plat, sleutel, woord
from service.beheer.beleidstabel import Tabelvak
from service.beheer.beleidsvakken import (
    Bronvak,
    Dagvak,
    Getalvak,
    Plat,
    Rijenvak,
    Sleutelvak,
    Tekstvak,
    Vinkvak,
    Vormlezing,
    Vormveld,
    Woordvak,
    as_list,
)

REKENT: Final = "vastgesteld"
_SLECHT: Final = ("E", "F", "G")
_GOED: Final = tuple(label for label in LABELS if label not in _SLECHT)
_CONTRACT: Final = re.compile(r"contract_vanaf > (\d{4}-\d{2}-\d{2})", re.ASCII)
_JA_NEE: Final = Woordvak(("ja", "nee", "onbekend"))
_BRONNEN: Final = (Vormveld("bron", Rijenvak(Bronvak())), Vormveld("zekerheid", Woordvak(ZEKERHEDEN)))
_PROCENT, _BEDRAG, _AANTAL = Getalvak("procent"), Getalvak("bedrag"), Getalvak("aantal")

# what a home gets


def _tot_streefhuur(value: Plat) -> Plat | None:
    inner = value.get("tot_streefhuur") if isinstance(value, dict) else None
    most = inner.get("hoogstens") if isinstance(inner, dict) else None
    return most if most != "wettelijk" else None


def _tot_streefhuur_wet(value: Plat) -> Plat | None:
    return "" if value == {"tot_streefhuur": {"hoogstens": "wettelijk"}} else None


_CEL: Final = (
    sleutel("procent", _PROCENT),
    sleutel("bedrag", _BEDRAG),
    woord("geen"),
    woord("wettelijk"),
    Keusoptie(
        "tot_streefhuur",
        _PROCENT,
        lambda value: {"tot_streefhuur": {"hoogstens": value}},
        _tot_streefhuur,
        ("tot_streefhuur", "hoogstens"),
    ),
    Keusoptie(
        "tot_streefhuur_wet", None, lambda _: {"tot_streefhuur": {"hoogstens": "wettelijk"}}, _tot_streefhuur_wet
    ),
    woord("volgens_contract"),
    woord("onbekend"),
)
BASIS: Final = Keusvak((*_CEL, sleutel("tabel", Tabelvak(Keusvak(_CEL)))), herkomst=Sleutelvak(_BRONNEN))

LAAG_BEDRAG: Final = Keusvak(
    (
        woord("wettelijk"),
        plat("eigen", Sleutelvak((Vormveld("bedrag", _BEDRAG, True), Vormveld("onder", _BEDRAG, True), *_BRONNEN))),
        woord("nee"),
        woord("onbekend"),
    )
)

_IAH_CEL: Final = Keusvak(
    (
        sleutel("bedrag", _BEDRAG),
        sleutel("procent", _PROCENT),
        woord("wettelijk"),
        woord("geen"),
        woord("onbekend"),
    )
)
IAH: Final = Keusvak(
    (
        woord("nee"),
        plat(
            "per_inkomen",
            Sleutelvak(
                (
                    Vormveld("midden", _IAH_CEL, True),
                    Vormveld("hoog", _IAH_CEL, True),
                    Vormveld("minstens_basis", _JA_NEE, "streng"),
                    Vormveld("alleen_als", Tekstvak()),
                    *_BRONNEN,
                )
            ),
        ),
        woord("onbekend"),
    )
)

# the label

_LABEL_KRIJGT: Final = Keusvak(
    (woord("gewoon"), woord("niet"), sleutel("procent", _PROCENT), woord("ontzien"), woord("onbekend"))
)
_LABEL_VERDER: Final = (
    Vormveld(
        "peildatum",
        Keusvak((woord("contract"), woord("ingangsdatum"), woord("onbekend"), los("dag", Dagvak()))),
        "streng",
    ),
    Vormveld("stopt_iah", _JA_NEE, "streng"),
    Vormveld("stopt_laag_bedrag", _JA_NEE, "streng"),
    Vormveld("bij_twijfel", Woordvak(("voorleggen", "telt", "als_slechtste"))),
    Vormveld("status", Woordvak(STATUSSEN_BELEID)),
    *_BRONNEN,
)
_LABELRIJ: Final = Sleutelvak(
    (
        Vormveld("is", Vinkvak((*LABELS, ZONDER_LABEL)), True),
        Vormveld("krijgt", _LABEL_KRIJGT, True),
        Vormveld("status", Woordvak(STATUSSEN_BELEID)),
        Vormveld("besluit_voor", Dagvak()),
        Vormveld("naam", Tekstvak()),
    )
)


def _efg(value: Plat) -> Plat:
    assert isinstance(value, dict)
    rest = {key: inner for key, inner in value.items() if key not in ("slecht", "zonder")}
    gets = {"slecht": value.get("slecht", "onbekend"), "zonder": value.get("zonder", "onbekend")}
    return {
        "rijen": [
            {"is": [*_GOED], "krijgt": "gewoon"},
            {"is": [*_SLECHT], "krijgt": gets["slecht"]},
            {"is": [ZONDER_LABEL], "krijgt": gets["zonder"]},
        ],
        **rest,
    }


def _van_efg(value: Plat) -> Plat | None:
    rows = value.get("rijen") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(rows, list) or len(rows) != 3:
        return None
    gets: list[Plat] = []
    for row, labels in zip(rows, ([*_GOED], [*_SLECHT], [ZONDER_LABEL]), strict=True):
        if not isinstance(row, dict) or row.keys() != {"is", "krijgt"} or as_list(row["is"]) != labels:
            return None
        gets.append(row["krijgt"])
    rest = {key: inner for key, inner in value.items() if key != "rijen"}
    return rest | {"slecht": gets[1], "zonder": gets[2]} if gets[0] == "gewoon" else None


def _alle_gewoon(_: Plat) -> Plat:
    return {"rijen": [{"is": [*LABELS, ZONDER_LABEL], "krijgt": "gewoon"}]}


ENERGIELABEL: Final = Keusvak(
    (
        Keusoptie(
            "efg",
            Sleutelvak(
                (Vormveld("slecht", _LABEL_KRIJGT, True), Vormveld("zonder", _LABEL_KRIJGT, True), *_LABEL_VERDER)
            ),
            _efg,
            _van_efg,
        ),
        Keusoptie("alle_gewoon", None, _alle_gewoon, lambda value: "" if value == _alle_gewoon("") else None),
        plat("per_label", Sleutelvak((Vormveld("rijen", Rijenvak(_LABELRIJ, een=True), True), *_LABEL_VERDER))),
        woord("onbekend"),
    )
)

# exceptions, limits, rounding


def _na_contract(value: Plat) -> Plat | None:
    match = _CONTRACT.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else None


_VOORWAARDE: Final = Keusvak(
    (
        *(woord(name) for name in ("sloop", "eerste_huurder", "kwijtschelding", "beleidsgebied")),
        Keusoptie("contract_na", Dagvak(), lambda day: f"contract_vanaf > {day}", _na_contract),
        los("zelf", Tekstvak()),
    )
)
_UITZONDERING: Final = Sleutelvak(
    (
        Vormveld("als", _VOORWAARDE, True),
        Vormveld("treft", Vinkvak(TREFT), True),
        Vormveld(
            "gevolg", Keusvak((woord("geen"), sleutel("procent", _PROCENT), sleutel("hoogstens", _PROCENT))), True
        ),
        Vormveld("tekst", Tekstvak(), True),
        *_BRONNEN,
    )
)


def with_both_edges(waarde: Plat) -> Plat:
    """A number of people with the edges in it: more than two is three or more."""
    if not isinstance(waarde, dict):
        return waarde
    found = dict(waarde)
    for key, other, step in (("boven", "vanaf", 1), ("tot", "tot_en_met", -1)):
        if str(found.get(key, "")).isdigit():
            found[other] = str(int(str(found.pop(key))) + step)
    return found


@dataclass(frozen=True)
class Personenvak(Sleutelvak):
    """A number of people, with both edges in it."""

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """More than two is three or more."""
        return super().typ(with_both_edges(waarde), at)


_GRENS: Final = Sleutelvak(
    (
        Vormveld("grens", Woordvak(GRENZEN), True),
        Vormveld("bedrag", _BEDRAG),
        Vormveld("inkomen", Vinkvak(("laag", "midden", "hoog", "geen"))),
        Vormveld("personen", Personenvak((Vormveld("vanaf", _AANTAL), Vormveld("tot_en_met", _AANTAL)))),
        *_BRONNEN,
    )
)
_STAP: Final = Sleutelvak((Vormveld("op", _BEDRAG, True), Vormveld("hoe", Woordvak(HOE), True)))
_AFRONDING: Final = Keusvak((woord("cent"), plat("anders", _STAP)))
_GEZEGD: Final = Sleutelvak((Vormveld("procent", _PROCENT), *_BRONNEN))


@dataclass(frozen=True)
class Beleidswoningen(Sleutelvak):
    """What holds for some kinds of home; the law knows a low amount and the incomes for ordinary homes only."""

    def asked(self, lezing: Vormlezing, veld: Vormveld, at: str) -> bool:
        """Of others these are not asked."""
        chosen = [kind for kind in SEGMENTEN if lezing.tekst(f"{at}.voor.{kind}")]
        if veld.moet == "sociaal":
            return lezing.streng and (not chosen or "sociaal" in chosen)
        return super().asked(lezing, veld, at)


DEEL: Final = Beleidswoningen(
    (
        Vormveld("voor", Vinkvak(SEGMENTEN)),
        Vormveld("basis", BASIS, "streng"),
        Vormveld("laag_bedrag", LAAG_BEDRAG, "sociaal"),
        Vormveld("iah", IAH, "sociaal"),
        Vormveld("energielabel", ENERGIELABEL, "sociaal"),
        Vormveld("uitzonderingen", Rijenvak(_UITZONDERING)),
        Vormveld("tot", Rijenvak(_GRENS)),
        Vormveld("afronding", _AFRONDING, "streng"),
        Vormveld("meeste", _GEZEGD),
        Vormveld("gemiddeld", _GEZEGD),
        Vormveld("op_verzoek", Rijenvak(Tekstvak())),
        *_BRONNEN,
    )
)
_GEBEURD: Final = Sleutelvak(
    (
        Vormveld("status", Woordvak(STATUSSEN_BELEID), True),
        Vormveld("op", Dagvak(), True),
        Vormveld("bron", Rijenvak(Bronvak(), een=True), True),
        Vormveld("tekst", Tekstvak()),
    )
)
_TOELICHTING: Final = Keusvak(
    (
        los("altijd", Tekstvak()),
        plat("soms", Sleutelvak((Vormveld("als", Tekstvak(), True), Vormveld("tekst", Tekstvak(), True)))),
    )
)
BELEID: Final = Sleutelvak(
    (
        Vormveld("status", Woordvak(STATUSSEN_BELEID), True),
        Vormveld("besloten_op", Dagvak()),
        Vormveld("besluit_voor", Dagvak()),
        Vormveld("ingangsdatum", Dagvak(), "streng"),
        Vormveld("bron", Rijenvak(Bronvak(), een=True), "streng"),
        Vormveld("zekerheid", Woordvak(ZEKERHEDEN), "streng"),
        Vormveld("geschiedenis", Rijenvak(_GEBEURD)),
        Vormveld("onderdelen", Rijenvak(DEEL, een=True)),
        Vormveld("toelichting", Rijenvak(_TOELICHTING)),
    )
)
