"""The report of a draft of the rules of the product: what a planted mistake comes to in each of its parts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from regels.bron import bewaard, pakketbestanden
from regels.formaat import FORMAAT
from service.basis.klok import nu
from service.beheer.antwoordverschil import published
from service.beheer.gevallen import grensvelden, huishoudens, met_waarde, rekengevallen
from service.beheer.grensgevallen import boundaries, new_limits
from service.beheer.rapportvorm import DELEN, MELDING, STOP, WAARSCHUWING, Regelrapport
from service.beheer.regelrapport import draw_up
from service.beheer.revisietabellen import Concept
from service.effect import illustratief
from service.opdracht.conceptrapport import touched
from tests.hulp.beheer import KLEIN, proven
from tests.hulp.geladen import PAKKET

FILE = "landelijk/2026.yaml"
BASE = pakketbestanden()


def concept() -> Concept:
    """A draft as far as a report reads it."""
    return Concept(naam="proef", basis=0, reden="Proef", herstelt=None, let_op="", formaat=FORMAAT, gewijzigd=nu())


def changed(old: bytes, new: bytes) -> dict[str, bytes]:
    assert BASE[FILE].count(old) == 1
    return BASE | {FILE: BASE[FILE].replace(old, new)}


@pytest.fixture(scope="module")
def planted() -> Regelrapport:
    """Two digits of a rent limit swapped."""
    return draw_up(concept(), changed(b"laag: 713.02,", b"laag: 731.02,"), BASE, FORMAAT, proven)


def lines(report: Regelrapport, part: str, kind: str) -> list[str]:
    return [line.tekst for one in report.delen if one.sleutel == part for line in one.regels if line.soort == kind]


def test_swapped_digits_are_found_by_the_law_by_published_cases_and_by_old_answers(planted: Regelrapport) -> None:
    assert not planted.klopt
    assert any("Dat geeft € 713,02" in said.replace("\xa0", " ") for said in lines(planted, "aannemelijk", STOP))
    assert any("komt niet uit" in said for said in lines(planted, "gepubliceerd", WAARSCHUWING))
    assert any(said.startswith("Over 2026 verandert") for said in lines(planted, "antwoorden", WAARSCHUWING))
    told = lines(planted, "antwoorden", MELDING)
    for year in (2022, 2023, 2024, 2025):
        assert any(said.startswith(f"{year}: ") and "Geen antwoord dat er al was" in said for said in told)
    assert {one.sleutel for one in planted.delen} == DELEN.keys() - {"let_op", "raakt"}
    # every made-up household with two landlords and its own, and what was published of the year
    cases = [case for case in rekengevallen() if not case.buiten and case.vraag["peildatum"].startswith("2023")]
    assert any(said.startswith(f"2023: {len(huishoudens()) * 3 + len(cases)} voorbeelden.") for said in told)


def test_what_happens_under_on_and_over_a_new_limit_is_told(planted: Regelrapport) -> None:
    (said,) = [one.replace("\xa0", " ") for one in lines(planted, "grenzen", MELDING) if "731,02" in one]
    assert "betaalbaar-laag / ja betaalbaar-laag / ja betaalbaar-hoog" in said
    assert said.endswith("ja / ja / nee.")  # of only two decisions, so there are no others to count


def test_a_line_knows_at_which_figures_it_is_mended(planted: Regelrapport) -> None:
    places = {(line.bestand, line.groep, line.cijfer, line.cel) for line in planted.stops if line.bestand}
    assert (FILE, "huurgrenzen", "aftoppingsgrens", "laag") in places


def test_the_same_draft_has_the_same_report_and_it_is_read_back_whole(planted: Regelrapport) -> None:
    again = Regelrapport.lees(planted.data())
    assert again == planted
    assert again is not None
    assert again.data() == planted.data()
    assert Regelrapport.lees(b"Concept proef op revisie 0\n") is None
    assert len({line.code for line in planted.waarschuwingen}) == len(planted.waarschuwingen)


def test_a_fault_is_said_with_its_file_and_line() -> None:
    report = draw_up(
        concept(), changed(b"bron: [btiv-16, indexering-2026]", b"bron: [btiv-16, index]"), BASE, FORMAAT, proven
    )
    (stop,) = [line for line in report.stops if line.regel]
    assert stop.tekst.startswith(f"{FILE}:{stop.regel}: ")
    assert (stop.bestand, stop.groep, stop.cijfer) == (FILE, "toewijzing", "daeb_grens")
    assert not report.bewijs


def test_where_nothing_differs_nothing_is_computed() -> None:
    report = draw_up(concept(), BASE | {"versie.yaml": b"versie: 'anders'\n"}, BASE, FORMAAT, proven)
    assert report.klopt
    assert not {"gepubliceerd", "antwoorden", "grenzen"} & {part.sleutel for part in report.delen}


def test_every_published_case_comes_out_by_the_rules_of_the_product() -> None:
    found = list(published(PAKKET))
    assert [line.soort for line in found] == [MELDING]


def test_only_what_is_new_is_tried_as_a_limit() -> None:
    assert list(new_limits(PAKKET, PAKKET)) == []
    (line,) = boundaries(PAKKET, PAKKET)
    assert line.tekst.startswith("0 nieuwe waarden")
    older = replace(
        PAKKET,
        cijfers={
            name: tuple(one for one in series if one.venster.vanaf < date(2026, 7, 1))
            for name, series in PAKKET.cijfers.items()
        },
    )
    found = {(one.cijfer.naam, one.cel) for one in new_limits(older, PAKKET)}
    assert ("lage_huur_grens", "") in found
    assert ("daeb_grens", "eenpersoons") not in found


def test_a_limit_that_takes_the_other_side_than_before_is_a_warning() -> None:
    series = PAKKET.cijfers["kwaliteitskortingsgrens"]
    older = replace(PAKKET, cijfers={**PAKKET.cijfers, "kwaliteitskortingsgrens": series[:-1]})
    told = [line for line in boundaries(older, PAKKET) if line.soort == WAARSCHUWING]
    # until 2026 a young tenant above it had no huurtoeslag
    assert {line.cijfer for line in told} == {"kwaliteitskortingsgrens"}
    assert all("Bij de vorige waarde was dat erboven" in line.tekst for line in told)


def test_a_field_is_changed_at_every_place_that_the_household_has() -> None:
    field = grensvelden()["euro per maand"]
    data = huishoudens()["alleenstaande van 40"]
    made = met_waarde(data, field, Decimal("713.03"))
    assert (made["woning"]["kaleHuur"], made["woning"]["huurVoorRonde"]) == (713.03, 713.03)
    assert data["woning"]["kaleHuur"] == 600
    seeker = met_waarde(huishoudens()["woningzoekende van 40"], field, Decimal(700))
    assert "huurVoorRonde" not in seeker["woning"]


def test_whom_it_touches_is_told_of_illustrative_households_and_of_no_day_of_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(illustratief, "illustrative", partial(illustratief.illustrative, aantal=1_000))
    after = bewaard(changed(b"laag: 713.02,", b"laag: 731.02,"), "x")
    said = list(touched(PAKKET, after))
    assert "illustratieve huishoudens" in said[0]
    assert "op 1 juli 2026, naast de regels van nu, op 1 juli 2026" in said[1].replace("\xa0", " ")
    small = bewaard(KLEIN, "x")
    assert list(touched(small, small)) == []
