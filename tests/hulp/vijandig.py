"""Questions and forms that nobody means well with: mutations of good ones, the same for the same seed."""

import json
import random
from copy import deepcopy
from typing import Any, Final
from urllib.parse import quote_from_bytes, urlencode

from bench.belasting import FORM
from bench.huishoudens import ALL

Request = tuple[str, bytes, dict[str, str]]

_WORDS: Final = [
    "", " ", "\x00", "\ud800", "\u202e\u200b", "𝟙𝟚", "١٢", "ｆｕｌｌ", "é" * 40, "A" * 20_000, "'; drop table",
    "<script>", "{{7*7}}", "${x}", "%00", "../../etc/passwd", "NaN", "-0", "1e999", "1.234,5", "0x10", "ja", "huurder",
    "2026-02-30", "0000-00-00", "9999-12-31", "2026-13-01T00:00", "-1", "1" * 400,
    "\r\nSet-Cookie: a=b", "#eval('x')", "1/0",
]  # fmt: skip
_NUMBERS: Final = [
    0,
    -1,
    -0.0,
    0.1,
    1e-320,
    1e308,
    10**15,
    10**300,
    -(10**30),
    2**63,
    2**64,
    0.30000000000000004,
    31,
    1_000,
]
_KEYS: Final = [
    "",
    "bsn",
    "__proto__",
    "__class__",
    "constructor",
    "personen",
    "woning",
    "x" * 5_000,
    "a/b~c",
    "\x00",
    "é",
]
_ENTRANCES: Final = ["", "huurder", "woningzoekende", "woningzoekende-met-woning", "snel-opzoeken"]
_OTHER: Final = ["wat-als", "papieren/overzicht/afdrukken", "papieren/dossier/afdrukken", "portefeuille/x/koppeling"]
_ACTIONS: Final = [
    "toetsen", "toevoegen", "verwijderen.0", "verwijderen.99", "verwijderen.-1", "strook-erbij.0", "strook-eraf.0.0",
    "strook-eraf.5.99", "bijwerken", "naar.3", "naar.99", "naar.٣", "begin", "terug", "verder", ".",
    "verwijderen." * 50,
]  # fmt: skip
_FIELDS: Final = [
    *FORM, "actie", "stap", "grens", "kenmerk", "inkomensband", "watals.woning.kaleHuur", "woning", "personen",
    "personen.0", "personen.0.stroken.0.bedrag", "personen.0.stroken.0.keer", "personen.0.stroken.99.bedrag",
    "personen.0.geboortedatum.dag", "personen.0.strokenVolledig",
    "personen.-1.rol", "personen.007.rol", "personen.0.rol.rol", "bsn", "", "\x00",
]  # fmt: skip


def question(rng: random.Random) -> Request:
    """An address, a body and headers for the API."""
    body = _question(rng)
    kinds = ["application/json"] * 8 + [
        "application/json; charset=utf-8",
        "text/plain",
        "",
        "application/json; charset=x",
    ]
    headers = {"content-type": rng.choice(kinds)}
    if rng.random() < 0.1:
        headers["accept-encoding"] = rng.choice(["zstd", "br;q=0.1", "gzip;q=x", "*", "\x7f", ",,,", "identity;q=0"])
    return "/v1/toetsen" + _query(rng), body, headers


def _question(rng: random.Random) -> bytes:
    value: Any = deepcopy(rng.choice(list(ALL.values())))
    for _ in range(rng.randint(1, 4)):
        _mutate(rng, value)
    # a lone surrogate goes out as an escape, which is valid JSON and no valid text
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    kind = rng.randrange(14)
    if kind == 0:
        text = text.replace(":", rng.choice([": :", ":", ": +", ": 0"]), 1)
    elif kind == 1:
        text = text[: rng.randrange(len(text))]
    elif kind == 2:  # the same name twice
        text = text.replace("{", '{"vermogen": 1, "vermogen": 1e5, ', 1)
    elif kind == 3:
        text = rng.choice(["[", '{"a":', '{"personen":[', "[[", '{"woning":{']) * rng.randint(1, 9_000)
    elif kind == 4:
        text = text.replace("655", "1" + "0" * rng.randint(1, 9_000)).replace("8000", "8e" + "9" * rng.randint(1, 9))
    elif kind == 5:
        text += rng.choice(["x", "\x00", "{}", "//", " " * 70_000])
    coding = rng.choice(["utf-8"] * 9 + ["utf-8-sig", "utf-16", "utf-32", "latin-1", "cp037"])
    return text.encode(coding, "surrogatepass" if coding.startswith("utf") else "replace")


def _mutate(rng: random.Random, value: Any) -> None:
    """Change something somewhere in a question."""
    place = value
    while True:
        inner = [
            part for part in (place.values() if isinstance(place, dict) else place) if isinstance(part, dict | list)
        ]
        if not inner or rng.random() < 0.4:
            break
        place = rng.choice(inner)
    new = _value(rng)
    if isinstance(place, list):
        if place and rng.random() < 0.5:
            place[rng.randrange(len(place))] = new
        else:
            place += [new] * rng.choice([1, 2, 29, 31, 200])
    elif place and rng.random() < 0.8:
        place[rng.choice(list(place))] = new
    else:
        place[rng.choice(_KEYS)] = new


def _value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(8 if depth < 4 else 5)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.choice(_NUMBERS)
    if kind == 2:
        return rng.uniform(-1e6, 1e6)
    if kind in (3, 4):
        return rng.choice(_WORDS)
    if kind == 5:
        return [_value(rng, depth + 1) for _ in range(rng.randint(0, 5))]
    if kind == 6:
        found: Any = []
        for _ in range(rng.choice([3, 50, 190, 500])):
            found = [found] if rng.random() < 0.5 else {"a": found}
        return found
    return {rng.choice(_KEYS): _value(rng, depth + 1) for _ in range(rng.randint(0, 4))}


def _query(rng: random.Random) -> str:
    if rng.random() < 0.7:
        return ""
    name = rng.choice(["besluiten", "velden", "x", "", "besluiten[]", "VELDEN"])
    text = rng.choice(
        ["huurtoeslag", "uitkomst,waarden", "conclusies", ",", "%00", "%FF", "a" * 3_000, "id," * 900, "%ud800"]
    )
    return f"?{name}={text}" + rng.choice(["", "&", "&velden=id", "&&=", ";x=1"])


def form(rng: random.Random) -> Request:
    """An address, a body and headers for the pages."""
    entrance = rng.choice(_ENTRANCES)
    addresses = [f"/{entrance}"] * 3 + ([f"/{entrance}/antwoord", f"/stappen/{entrance}"] * 2 if entrance else [])
    path = rng.choice([*addresses, f"/{rng.choice(_OTHER)}"])
    fields: list[tuple[str, str]] = list(FORM.items()) if rng.random() < 0.8 else []
    for _ in range(rng.randint(1, 6)):
        _change(rng, fields)
    if rng.random() < 0.15:
        people = rng.choice([2, 12, 29, 30, 31, 120])
        fields += [
            (f"personen.{at}.{rng.choice(['rol', 'inkomen', 'leeftijd'])}", rng.choice(_WORDS)) for at in range(people)
        ]
    headers = {"accept": "text/html"} | ({"hx-request": "true"} if rng.random() < 0.2 else {})
    kind, body = _written(rng, fields)
    return path, body, headers | {"content-type": kind}


def _change(rng: random.Random, fields: list[tuple[str, str]]) -> None:
    new = (rng.choice(_FIELDS), rng.choice([*_WORDS, "1-1-1990", "31-2-2026", "ja", "9" * 30]))
    if fields and rng.random() < 0.5:
        at = rng.randrange(len(fields))
        fields[at] = (fields[at][0], new[1])
    else:
        fields.insert(rng.randint(0, len(fields)), new)
    if rng.random() < 0.3:
        fields.append(("actie", rng.choice(_ACTIONS)))


def _written(rng: random.Random, fields: list[tuple[str, str]]) -> tuple[str, bytes]:
    """The media type and the body of a form, more or less as they should be."""
    kind = rng.randrange(10)
    if kind == 0:
        parts = [
            b'--g\r\ncontent-disposition: form-data; name="%b"\r\n\r\n%b\r\n'
            % tuple(part.encode("utf-8", "surrogatepass") for part in field)
            for field in fields
        ]
        end = rng.choice(
            [b"--g--\r\n", b"", b"--g", b"--g\r\n\r\n", b'--g\r\ncontent-disposition: form-data; filename="x"\r\n\r\n1']
        )
        return "multipart/form-data" + rng.choice(
            ["; boundary=g", "", "; boundary=", '; boundary="g"; charset=x']
        ), b"".join(parts) + end
    text = urlencode(fields, errors="surrogatepass").encode()
    if kind == 1:
        text = text.replace(b"=", rng.choice([b"", b"==", b"=%", b"=%ZZ", b"=%FF%FE"]), 3)
    elif kind == 2:
        text = text.replace(b"&", rng.choice([b";", b"&&&&", b"\x00", b"&=&"]))
    elif kind == 3:
        text = b"&".join(
            quote_from_bytes(rng.randbytes(9)).encode() + b"=" + rng.randbytes(9) for _ in range(rng.choice([3, 1_500]))
        )
    codings = ["", "", "", "; charset=utf-16", "; charset=nergens", "; charset=latin-1"]
    return "application/x-www-form-urlencoded" + rng.choice(codings), text
