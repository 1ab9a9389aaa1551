"""Values put in the text of a file: only they change, byte for byte, however the file was written."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regels.bron import pakketbestanden
from regels.eenheden import UNITS
from regels.jaarwissel.invulgroepen import Invulgroep, invulling
from regels.jaarwissel.jaarbestanden import lees
from regels.nieuw import nieuw_jaar
from service.beheer.beheerfouten import BeheerFout
from service.beheer.cijferinvoer import Groepsplaats, invoeren
from service.beheer.cijfertekst import afgerond, getoond_cijfer
from service.beheer.jaarschrift import Jaarvak, ingevuld, met_bron, met_stand, opgeladen
from service.beheer.nieuwconcept import volgend_jaar
from service.beheer.plaktabel import plakken, voorbeeldtabel

OUD = pakketbestanden()
NIEUW = {
    name: text.encode() for name, text in nieuw_jaar({name: file.decode() for name, file in OUD.items()}, 2027).items()
}
LEEG = {**OUD, **NIEUW}

FILE = """\
# kop
groep:  # van deze groep
  geldig: {vanaf: 2027-01-01, tot_en_met: 2027-12-31}  # heel het jaar
  status: concept
  een:
    label: Eén
    waarde:  # in 2026: 5
    bron:
    zekerheid:   # nog kiezen
  twee:
    label: "Twee"
    waarde: {a: , b: 7}  # in 2026: {a: 1, b: 2}
    bron: [x, y]
    zekerheid: officieel
  drie:
    label: Drie
    waarde:
      a: 1   # zo
      b:
    bron:
      - x
      - y
    zekerheid: 'afgeleid'
# staart
"""


def place(cijfer: str, deel: str = "waarde", cel: str = "") -> Jaarvak:
    return Jaarvak("groep", cijfer, deel, cel)


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("vak", "new", "before", "after"),
    [
        (place("een"), "6", "waarde:  # in 2026: 5", "waarde: 6  # in 2026: 5"),
        (place("een", "bron"), "x", "    bron:\n    zekerheid:   # nog", "    bron: x\n    zekerheid:   # nog"),
        (place("een", "zekerheid"), "officieel", "zekerheid:   # nog", "zekerheid: officieel   # nog"),
        (place("twee", cel="a"), "-3.50", "{a: , b: 7}", "{a: -3.50, b: 7}"),
        (place("twee", cel="b"), "8", "b: 7}", "b: 8}"),
        (place("twee", cel="b"), "", "b: 7}", "b: }"),
        (place("twee", "bron"), "z", "[x, y]", "z"),
        (place("drie", cel="a"), "", "a: 1   # zo", "a:    # zo"),
        (place("drie", cel="b"), "2", "      b:\n", "      b: 2\n"),
        (place("drie", "bron"), "[z, x]", "bron:\n      - x\n      - y\n", "bron: [z, x]\n"),
        (place("drie", "zekerheid"), "officieel", "'afgeleid'", "officieel"),
    ],
)
def test_only_the_value_changes(vak: Jaarvak, new: str, before: str, after: str, line: str) -> None:
    assert FILE.count(before) == 1
    written = ingevuld(FILE.replace("\n", line).encode(), {vak: new})
    assert written.decode() == FILE.replace(before, after).replace("\n", line)


def test_a_status_goes_and_comes_with_its_line() -> None:
    settled = met_stand(FILE.encode(), "groep", "")
    assert settled.decode() == FILE.replace("  status: concept\n", "")
    assert met_stand(settled, "groep", "concept").decode() == FILE
    assert met_stand(FILE.encode(), "groep", "concept").decode() == FILE


@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_remark_comes_as_the_last_line_of_a_figure_and_goes_with_it(line: str) -> None:
    file = FILE.replace("\n", line)
    for cijfer, after in (("een", "zekerheid:   # nog kiezen"), ("drie", "zekerheid: 'afgeleid'")):
        vak = place(cijfer, "opmerking")
        made = ingevuld(file.encode(), {vak: "Zie: artikel 3 # lid 2"})
        assert made.decode() == file.replace(after, f"{after}{line}    opmerking: 'Zie: artikel 3 # lid 2'")
        other = ingevuld(made, {vak: "Gewoon"})
        assert other.decode() == file.replace(after, f"{after}{line}    opmerking: Gewoon")
        assert ingevuld(other, {vak: ""}).decode() == file


def test_a_remark_and_the_value_before_it_are_written_at_once() -> None:
    file = FILE.replace("zekerheid:   # nog kiezen", "zekerheid:").encode()
    both = {place("een", "zekerheid"): "officieel", place("een", "opmerking"): "Gewoon"}
    for order in (both, dict(reversed(both.items()))):
        made = ingevuld(file, order).decode()
        assert "    zekerheid: officieel\n    opmerking: Gewoon\n  twee:" in made


def test_what_is_not_there_is_said() -> None:
    for vak in (place("vier"), Jaarvak("weg", "een", "waarde"), place("twee", cel="c")):
        with pytest.raises(BeheerFout, match="niet meer in dit bestand"):
            ingevuld(FILE.encode(), {vak: "1"})


def test_a_source_comes_at_the_end_with_any_text() -> None:
    title = "Regeling: 'x' # \"y\" [z], 50% van 2027"
    for before in (b"", b"a:\n  titel: b\n  url: c\n  datum: d\n  vindplaats: e", OUD["landelijk/bronnen.yaml"]):
        written = met_bron(before, "nieuw-2027", title, "https://voorbeeld.nl/a?b=c#d", "2026", "- tabel: 3")
        assert written.startswith(before)
        found = lees({"landelijk/bronnen.yaml": written}).bronnen["nieuw-2027"]
        assert dict(found) == {
            "titel": title, "url": "https://voorbeeld.nl/a?b=c#d", "datum": "2026", "vindplaats": "- tabel: 3",
        }  # fmt: skip


def as_form(group: Invulgroep, cells: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """What the page of a group sends when these values were typed."""
    return {
        f"w.{figure.naam}.{cell}": getoond_cijfer(cells.get((figure.naam, cell), text or ""), figure.type)
        for figure in group.cijfers
        for cell, text in figure.cellen.items()
    }


def known(year: int) -> list[Invulgroep]:
    return [one for one in invulling(OUD, year) if one.bestand.endswith(f"/{year}.yaml")]


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_every_figure_of_every_year_is_typed_as_it_is_shown(year: int) -> None:
    groups = known(year)
    assert sum(len(one.cijfers) for one in groups) > 40
    for group in groups:
        told = invoeren(OUD, Groepsplaats(group.eigenaar, str(year), group.groep), as_form(group, {}))
        assert (told.fouten, told.botsingen, told.bewaard) == ({}, {}, 0), group.groep
        assert told.bestanden == OUD


def test_a_year_that_is_typed_whole_has_the_values_of_the_year_before_and_its_comments() -> None:
    files: Mapping[str, bytes] = LEEG
    for group in [one for one in invulling(LEEG) if one.bestand.endswith("/2027.yaml")]:
        now = Groepsplaats(group.eigenaar, "2027", group.groep).groep_in(files)
        cells = {
            (figure.naam, cell): figure.vorige.cellen[cell]
            for figure in now.cijfers
            if figure.vorige is not None
            for cell in figure.cellen
        }
        told = invoeren(files, Groepsplaats(group.eigenaar, "2027", group.groep), as_form(group, cells))
        assert told.goed, told.fouten
        files = told.bestanden
    for group in [one for one in invulling(files) if one.bestand.endswith("/2027.yaml")]:
        for figure in group.cijfers:
            assert figure.vorige is None or {c: float_or_text(t) for c, t in figure.cellen.items()} == {
                c: float_or_text(t) for c, t in figure.vorige.cellen.items()
            }
    for name in NIEUW:
        empty, filled = LEEG[name].decode().splitlines(), files[name].decode().splitlines()
        assert len(empty) == len(filled)
        assert [line.partition("#")[2] for line in empty] == [line.partition("#")[2] for line in filled]


def float_or_text(text: str | None) -> object:
    try:
        return float(text or "")
    except ValueError:
        return text


@given(st.binary(max_size=300))
def test_no_upload_breaks_the_reader(content: bytes) -> None:
    with suppress(BeheerFout):
        assert opgeladen("landelijk/2027.yaml", content) == content.removeprefix(b"\xef\xbb\xbf")


# a pasted table

HUURGRENZEN = Groepsplaats("landelijk", "2027", "huurgrenzen").groep_in(LEEG)
HUURTOESLAG = Groepsplaats("landelijk", "2027", "huurtoeslag").groep_in(LEEG)
TOEWIJZING = Groepsplaats("landelijk", "2027", "toewijzing").groep_in(LEEG)


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("Inkomensgrens sociale huur (DAEB)\t52.000\t57.000", {"eenpersoons": "52.000", "meerpersoons": "57.000"}),
        ("inkomensgrens sociale huur (daeb); eenpersoons; € 52.000", {"eenpersoons": "€ 52.000"}),
        ("| daeb_grens | Meerpersoons | 57000 |".strip("| "), {"meerpersoons": "57000"}),
        ("daeb_grens.meerpersoons\t57000", {"meerpersoons": "57000"}),
        ("\tMeerpersoons\tEenpersoons\ndaeb_grens\t57000\t52000", {"eenpersoons": "52000", "meerpersoons": "57000"}),
        ("daeb_grens\t51.537\t56.910\t52.000\t57.000\t\t", {"eenpersoons": "52.000", "meerpersoons": "57.000"}),
    ],
)
def test_a_line_of_a_table_is_read_in_each_of_these_forms(table: str, cells: dict[str, str]) -> None:
    told = plakken(table, TOEWIJZING)
    assert told.niet == []
    assert told.waarden == {f"w.daeb_grens.{cell}": value for cell, value in cells.items()}


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("Onbekend cijfer\t5", "staat niet in deze groep"),
        ("Inkomensgrens\t5", "past bij meer cijfers"),
        ("daeb_grens\t52.000", "2 waarden"),
        ("daeb_huurgrens\t900\t901", "één waarde"),
        ("daeb_huurgrens\tnegenhonderd", "niet als bedrag te lezen"),
        ("daeb_huurgrens", "één waarde"),
        ("daeb_index_t1\t1.038", "twee dingen"),
    ],
)
def test_a_line_that_has_no_one_reading_comes_back_with_why(table: str, why: str) -> None:
    told = plakken(table, TOEWIJZING)
    assert told.waarden == {} and len(told.niet) == 1 and why in told.niet[0][1]
    assert told.over == table


def test_the_list_to_fill_in_says_nothing_by_itself_and_is_read_when_it_is_filled_in() -> None:
    for group in (HUURTOESLAG, TOEWIJZING):
        empty = voorbeeldtabel(group)
        told = plakken(empty, group)
        assert (told.niet, told.waarden) == ([], {})
        told = plakken("\n".join(re.sub(r"was (.*)$", r"was \1\t\1", line) for line in empty.splitlines()), group)
        assert told.niet == []
        assert told.waarden == as_form(
            group,
            {
                (figure.naam, cell): text
                for figure in group.cijfers
                if figure.vorige is not None
                for cell, text in figure.vorige.cellen.items()
            },
        )


def test_a_day_is_typed_in_any_order_and_kept_as_one() -> None:
    figure = next(one for one in HUURTOESLAG.cijfers if one.type.kind == "datum")
    plaats = Groepsplaats("landelijk", "2027", "huurtoeslag")
    for typed in ("1-1-2029", "1 januari 2029", "2029-01-01"):
        told = invoeren(LEEG, plaats, {f"w.{figure.naam}.": typed})
        found = next(one for one in plaats.groep_in(told.bestanden).cijfers if one.naam == figure.naam)
        assert found.cellen[""] == date(2029, 1, 1).isoformat()


@pytest.mark.parametrize(
    ("tekst", "was", "eenheid", "shown"),
    [
        ("540.8", "518.2", "euro per maand", "540.80"),
        ("540.8049", "518.20", "euro per maand", "540.80"),
        ("61742", "59504", "euro per jaar", "61742"),
        ("1.0376", "1.0376", "getal", "1.0376"),
        ("1.5", "1.25", "getal", "1.5"),
    ],
)
def test_an_expected_amount_is_written_in_whole_euros_or_in_cents(
    tekst: str, was: str, eenheid: str, shown: str
) -> None:
    assert afgerond(tekst, was, UNITS[eenheid]) == shown


def test_a_pasted_table_says_what_is_there_twice_and_what_is_too_much() -> None:
    name = HUURGRENZEN.cijfers[0].label
    told = plakken(f"{name}\t500,00\n{name}\t501,00", HUURGRENZEN)
    assert list(told.waarden.values()) == ["500,00"]
    assert [said for _, said in told.niet] == ["Dit cijfer staat er twee keer, met een andere waarde."]
    assert list(plakken(f"| {name} | 500,00 |", HUURGRENZEN).waarden.values()) == ["500,00"]
    assert len(plakken("onbekend\n" * 502, HUURGRENZEN).niet) == 502


def test_the_mark_of_a_figure_between_braces_is_left_alone_with_why() -> None:
    text = b"groep:\n  geldig: {vanaf: 2027-01-01}\n  een: {waarde: 1, bron: x, status: concept}\n"
    with pytest.raises(BeheerFout, match="accolades"):
        met_stand(text, "groep", "")


def test_the_next_year_is_that_of_the_figures_and_not_of_a_policy() -> None:
    assert volgend_jaar({"land/2026.yaml": b"", "huis/beleid/2027.yaml": b""}) == 2027
