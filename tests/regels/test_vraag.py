"""Reading a question: what is wrong is told with its place in Dutch, and never with the value that was filled in."""

import json
import random
import re
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regels.vraag import VraagFout, parse_json
from tests.hulp.geladen import PAKKET, read, read_json, toets
from tests.hulp.vragen import GEWOON, vraag

LONGEST = 2.0  # seconds that one question may take to be refused


def faults(question: Any) -> dict[str, str]:
    with pytest.raises(VraagFout) as error:
        read(question)
    return {fault.veld: fault.tekst for fault in error.value.fouten}


@pytest.mark.parametrize(
    ("change", "place", "text"),
    [
        ({"peildatum": "1-3-2026"}, "/peildatum", "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-07-01."),
        ({"peildatum": "2026-02-30"}, "/peildatum", "Deze datum bestaat niet."),
        ({"peildatum": "1999-12-31"}, "/peildatum", "Vul een datum in van 1 januari 2000 tot en met"),
        ({"peildatum": "２０２６-03-01"}, "/peildatum", "Schrijf de datum als jaar-maand-dag"),
        ({"soort": "koper"}, "/soort", "Kies een van: huurder, woningzoekende."),
        ({"verhuurder": 3}, "/verhuurder", "Kies een van: wetland-wonen"),
        ({"vermogen": 12.5}, "/vermogen", "Vul een bedrag in hele euro's in"),
        ({"vermogen": -1}, "/vermogen", "Vul een bedrag in hele euro's in van 0 tot en met 100000000."),
        ({"vermogen": True}, "/vermogen", "Vul een bedrag in hele euro's in"),
        ({"vermogen": "8000"}, "/vermogen", "Vul een bedrag in hele euro's in"),
        ({"ingeschreven": "ja"}, "/ingeschreven", "Vul true (ja) of false (nee) in, of laat het veld weg."),
        ({"ingeschreven": 1}, "/ingeschreven", "Vul true (ja) of false (nee) in"),
        ({"huurronde": 1999}, "/huurronde", "Vul een heel getal in van 2000 tot en met 2100."),
        ({"bsn": 123456782}, "/bsn", "Dit veld bestaat niet. Haal het weg, of controleer de spelling."),
        ({"personen": {}}, "/personen", "Hier hoort een lijst van personen te staan."),
        ({"personen": [3]}, "/personen/0", "Hier hoort een object met velden te staan."),
        ({"personen": [{"rol": "huurder"}] * 31}, "/personen", "Vul hoogstens 30 personen in."),
        ({"woning": 3}, "/woning", "Hier hoort een object met velden te staan."),
    ],
)
def test_a_wrong_value_is_told_with_its_place(change: dict[str, Any], place: str, text: str) -> None:
    found = faults(GEWOON | change)
    assert list(found) == [place]
    assert found[place].startswith(text)


@pytest.mark.parametrize(
    ("woning", "place", "text"),
    [
        ({"kaleHuur": 0}, "/woning/kaleHuur", "Vul een bedrag in van € 0,01 tot en met € 10.000."),
        ({"kaleHuur": 600.001}, "/woning/kaleHuur", "Vul een bedrag in met hoogstens twee cijfers achter de komma."),
        ({"kaleHuur": "600"}, "/woning/kaleHuur", "Vul een bedrag in als getal, bijvoorbeeld 655.12."),
        ({"kaleHuur": 1e300}, "/woning/kaleHuur", "Vul een bedrag in van"),
        ({"energielabel": "H"}, "/woning/energielabel", "Kies een van: A++++"),
        ({"kaleHur": 600}, "/woning/kaleHur", "Dit veld bestaat niet."),
        ({"servicekosten": {"energie": -1}}, "/woning/servicekosten/energie", "Vul een bedrag in van"),
        ({"servicekosten": {"gas": 1}}, "/woning/servicekosten/gas", "Dit veld bestaat niet."),
        ({"servicekosten": [1]}, "/woning/servicekosten", "Vul een bedrag in als getal"),
        ({"contractVanaf": "2026-03-02"}, "/woning/contractVanaf", "Het contract van een huurder begint niet na"),
        (
            {"laatsteVerhoging": "2026-07-01"},
            "/woning/laatsteVerhoging",
            "Vul de huurverhoging vóór die van 1 juli 2026",
        ),
        (
            {"contractVanaf": "2026-01-01", "laatsteVerhoging": "2025-07-01"},
            "/woning/laatsteVerhoging",
            "De vorige huurverhoging ligt vóór het begin van het contract.",
        ),
    ],
)
def test_a_wrong_value_of_the_dwelling_is_told_with_its_place(woning: dict[str, Any], place: str, text: str) -> None:
    found = faults(vraag(woning))
    assert list(found) == [place]
    assert found[place].replace("\N{NO-BREAK SPACE}", " ").startswith(text)


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ([{"rol": "huurder"}, {"rol": "huurder"}], "/personen/1/rol"),
        ([{"rol": "huurder"}, {"rol": "partner"}, {"rol": "partner"}], "/personen/2/rol"),
        ([{"rol": "kind"}], "/personen"),
        ([{"rol": "onderhuurder"}], "/personen"),
        ([{"rol": "huurder", "leeftijd": 40, "geboortedatum": "1985-01-01"}], "/personen/0/leeftijd"),
        ([{"rol": "huurder", "geboortedatum": "2026-03-02"}], "/personen/0/geboortedatum"),
        ([{"rol": "huurder", "leeftijd": -1}], "/personen/0/leeftijd"),
        ([{"rol": "huurder", "vermogen": 1}], "/personen/0/vermogen"),
        ([{"rol": "huurder", "inkomen": -10_000_001}], "/personen/0/inkomen"),
    ],
)
def test_people_that_cannot_be_are_refused(who: list[dict[str, Any]], place: str) -> None:
    assert list(faults(vraag(personen=who))) == [place]


def test_a_rent_before_a_contract_that_begins_on_the_round_is_refused() -> None:
    question = vraag({"contractVanaf": "2026-07-01", "huurVoorRonde": 600}, peildatum="2026-08-01")
    assert list(faults(question)) == ["/woning/huurVoorRonde"]


def test_all_faults_are_told_at_once() -> None:
    found = faults(
        {"peildatum": "x", "soort": 1, "personen": [{"rol": "baas"}], "woning": {"kaleHuur": -1}, "naam": "x"}
    )
    assert set(found) == {"/peildatum", "/soort", "/personen/0/rol", "/woning/kaleHuur", "/naam"}


def test_no_fault_repeats_what_was_filled_in() -> None:
    secret = "Jansen-123456782"
    question = dict.fromkeys((veld.json for veld in PAKKET.velden.values() if veld.groep == "vraag"), secret)
    question |= {"personen": [{"rol": secret, "inkomen": secret, secret: 1}], "woning": {"kaleHuur": secret}, secret: 2}
    question |= {"123456782": 1, "Jan Jansen": 3, "x" * 5000: 4}
    with pytest.raises(VraagFout) as error:
        read(question)
    text = str(error.value) + "".join(fault.veld + fault.tekst for fault in error.value.fouten)
    assert "123456782" not in text.replace(secret, "") and "Jan Jansen" not in text
    assert len(max((fault.veld for fault in error.value.fouten), key=len)) < 80
    assert all(fault.tekst and fault.tekst[-1] == "." for fault in error.value.fouten)


def test_what_is_left_out_and_null_are_both_unknown() -> None:
    full, empty = read(vraag(vermogen=None)), read({k: v for k, v in GEWOON.items() if k != "vermogen"})
    assert full.feiten() == empty.feiten()
    assert "vermogen" not in full.feiten()[0]


def test_zero_and_no_are_facts() -> None:
    facts, persons = read(vraag({"servicekosten": 0}, ingeschreven=False)).feiten()
    assert (facts["servicekosten_totaal"], facts["ingeschreven"]) == (Decimal(0), False)
    assert persons[0]["inkomen_opgave"] == 20000


def test_service_costs_come_as_one_amount_or_apart() -> None:
    together = read(vraag({"servicekosten": 20.5})).feiten()[0]
    apart = read(vraag({"servicekosten": {"energie": 12.5, "huismeester": 8}})).feiten()[0]
    assert together["servicekosten_totaal"] == Decimal("20.5")
    assert "servicekosten_totaal" not in apart
    assert (apart["servicekosten_energie"], apart["servicekosten_huismeester"]) == (Decimal("12.5"), Decimal(8))


def test_amounts_are_exact() -> None:
    assert read_json(b'{"woning": {"kaleHuur": 655.10}}').op(date(2026, 3, 1)).feiten()[0]["kale_huur"] == Decimal(
        "655.10"
    )


def test_the_day_is_filled_in_only_where_it_was_left_out() -> None:
    assert read({}).op(date(2026, 3, 1)).peildatum == date(2026, 3, 1)
    assert read({"peildatum": "2026-01-01"}).op(date(2026, 3, 1)).peildatum == date(2026, 1, 1)
    assert read(vraag({"servicekosten": {"energie": 1}}, peildatum=None)).op(date(2026, 3, 1)).feiten()


def test_a_day_that_does_not_fit_the_other_dates_is_a_fault_too() -> None:
    question = read({"personen": [{"rol": "huurder", "geboortedatum": "2026-05-01"}]})
    with pytest.raises(VraagFout) as error:
        question.op(date(2026, 3, 1))
    assert [fault.veld for fault in error.value.fouten] == ["/personen/0/geboortedatum"]


def test_without_a_day_there_is_no_answer() -> None:
    with pytest.raises(VraagFout) as error:
        toets(read({}))
    assert error.value.fouten[0].veld == "/peildatum"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"nul", b'{"a": NaN}', b'{"vermogen": Infinity}', b"[" * 100_000,
     b'{"a":' * 100_000, b"\xff\xfe", b'"\\ud800"'],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(VraagFout) as error:
        read_json(body)
    assert error.value.fouten[0].tekst.endswith(".")


def test_the_schema_describes_every_field() -> None:
    schema = json.dumps(PAKKET.vragen.vraag.model_json_schema())
    assert all(f'"{veld.json}"' in schema for veld in PAKKET.velden.values())


# malformed questions

KEYS = ["peildatum", "huurronde", "personen", "woning", "vermogen", "soort", "", "__class__", "personen/0", "a" * 300]
KEYS += [veld.json for veld in PAKKET.velden.values()]
TEXTS = ["", "x" * 20_000, "2026-02-30", "2026-13-01", "0000-00-00", "\x00", "😀" * 50, "1,234", "NaN", "-0", "1e999"]
TEXTS += ["２０２６-０１-０１", "huurder", "partner", "' OR 1=1 --", "<script>", "../..", "%s%n", "ja", "true"]
NUMBERS: list[Any] = [
    0,
    -1,
    1,
    2**31,
    2**63,
    -(2**63),
    10**4000,
    1e308,
    -1e308,
    1e-320,
    0.1 + 0.2,
    -0.0,
    12.345,
    655.12,
]


def junk(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(9 if depth < 4 else 6)
    if kind < 2:
        return rng.choice(NUMBERS)
    if kind < 4:
        return rng.choice(TEXTS)
    if kind < 6:
        return rng.choice([None, True, False, [], {}])
    if kind == 6:
        return [junk(rng, depth + 1) for _ in range(rng.randrange(40 if depth == 1 else 5))]
    return {rng.choice(KEYS): junk(rng, depth + 1) for _ in range(rng.randrange(6))}


def malformed(rng: random.Random) -> bytes:
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randbytes(rng.randrange(60))
    if kind == 1:
        return rng.choice([b"[", b'{"a":', b'{"woning":', b"[{"]) * rng.randrange(1, 3000)
    if kind == 2:
        return json.dumps(junk(rng)).encode()
    question = vraag(peildatum="2026-03-01")
    for _ in range(rng.randint(1, 4)):
        target = rng.choice([question, question["woning"], question["personen"][0]])
        if isinstance(target, dict):
            target[rng.choice(KEYS)] = junk(rng)
        if (
            not isinstance(question["woning"], dict)
            or not isinstance(question["personen"], list)
            or not question["personen"]
        ):
            break
    text = json.dumps(question).encode()
    if kind == 5:
        place = rng.randrange(len(text))
        text = text[:place] + rng.randbytes(rng.randrange(3)) + text[place + rng.randrange(3) :]
    return text


def _refuse(seed: int, count: int) -> None:
    rng, refused = random.Random(seed), 0
    for _ in range(count):
        body = malformed(rng)
        start = time.monotonic()
        try:
            answer = toets(read_json(body))
        except VraagFout as error:
            refused += 1
            for fault in error.fouten:
                assert re.fullmatch(r"(/[A-Za-z0-9_-]{1,40})*", fault.veld), fault.veld
                assert fault.tekst.endswith(".") and len(fault.tekst) < 250, fault.tekst
        else:
            assert answer.conclusies
        assert time.monotonic() - start < LONGEST, body[:200]
    assert refused > count * 0.8


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_malformed_questions_are_refused_clearly(seed: int) -> None:
    _refuse(seed, 2500)


@pytest.mark.traag
@pytest.mark.parametrize("seed", range(10, 20))
def test_many_more_malformed_questions_are_refused_clearly(seed: int) -> None:
    _refuse(seed, 10_000)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"c":2},"a":3}',
        b'[[{"a":1}],{"b":[{"c":1,"c":1}]}]',
        b'{"a":1,"\\u0061":2}',
        b'{"a:":":","b":1,"b":2}',
        '{"a":"::","b":1,"b":{}}',
    ],
)
def test_a_name_that_stands_there_twice_is_found_at_any_depth(body: bytes | str) -> None:
    with pytest.raises(VraagFout) as error:
        parse_json(body)
    assert "tweemaal" in error.value.fouten[0].tekst


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a":{"b":1},"b":[{"b":2},{"b":3}]}', {"a": {"b": 1}, "b": [{"b": 2}, {"b": 3}]}),
        ('{"a":":","a:":"\\"a\\":1"}', {"a": ":", "a:": '"a":1'}),
        (b'"a:b"', "a:b"),
        (b"[]", []),
    ],
)
def test_names_that_differ_and_colons_in_a_text_are_no_fault(body: bytes | str, value: object) -> None:
    assert parse_json(body) == value
