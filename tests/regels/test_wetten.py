"""The law, member by member: what is written of it is whole, points to what is there, and stands under each source."""

from datetime import date
from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.regelset import Regelset
from tests.hulp.regelsets import CIJFERS, laad
from tests.hulp.wetten import BRON, GEHEEL, REGEL, WET, WETTEN

DAG = date(2026, 6, 30)


def wetten(folder: Path, **anders: str) -> Regelset:
    """The small rule set with a law of two articles."""
    return laad(folder, **(GEHEEL | anders))


def test_a_law_that_is_whole_is_read_with_each_text_of_each_article(tmp_path: Path) -> None:
    law = wetten(tmp_path).wetten["proefwet"]
    assert (law.titel, law.bwb, list(law.artikelen)) == ("Proefwet", "BWBR0000001", ["1", "2", "3"])
    first, second = law.artikelen["1"]
    assert [len(text.rijen) for text in (first, second)] == [5, 1]
    assert (first.venster.bevat(DAG), second.venster.bevat(DAG)) == (True, False)
    assert law.artikelen["3"][0].onleesbaar == "In geen kopie te vinden."
    row = law.artikelen["2"][0].rijen["1:deur"]
    assert (row.kans, row.raakt, row.als_tekst, row.als is not None) == ("soms", ("proef",), "open", True)


def test_a_set_without_laws_is_asked_nothing(tmp_path: Path) -> None:
    regels = laad(tmp_path, bronnen=BRON.replace(", artikelen: [proefwet/1/2b, proefwet/2]", ""))
    assert regels.wetten == {}


# what is changed in the law, and what is said of it
ROWS = {
    "a rule that is not there": ("proef/past", "proef/pas", "het besluit 'proef' heeft geen regel 'pas'"),
    "a figure that is not there": (
        "[grens]",
        "[grenzen]",
        "er is geen besluit, regel, cijfer, grootheid of veld 'gren",
    ),
    "a figure called a field": ("wijst_naar: [inkomen]", "wijst_naar: [grens]", "'wordt: veld' wijst naar geen veld"),
    "a referral to a field": (
        "verwijzing, wijst_naar: [proef]",
        "verwijzing, wijst_naar: [open]",
        "wijst naar het bes",
    ),
    "a member without a row": ("leden: 3", "leden: 4", "artikel 1 heeft volgens 'leden' 4 leden, en geen rij '4'"),
    "a row too many": ("leden: 3", "leden: 2", "rij '3' past niet bij 'leden: 2' van artikel 1"),
    "a letter without a row": ("{'2': 2}", "{'2': 3}", "volgens 'letters' 3 letters, en rijen voor a, b"),
    "letters of no member": ("letters: {'2': 2}", "letters: {'2': 2, '5': 1}", "er zijn letters van lid 5, en er is"),
    "a name that is no member": ("'2b':", "'b2':", "'b2' is geen lid; schrijf 2, 2a (letter)"),
    "no members, and one row": ("leden: 2", "leden: 0", "volgens 'leden' 0 leden, en geen rij '0'"),
    "texts that overlap": ("tot: 2026-06-30", "tot: 2026-07-31", "geef die 'tot: 2026-06-30'"),
    "a text without an end": ("  tot: 2026-06-30\n", "", "overlapt die van land/wetten/proefwet.yaml:2"),
    "a gap": ("tot: 2026-06-30", "tot: 2026-05-31", "heeft geen rijen van 2026-06-01 tot 2026-07-01"),
    "an end before the start": ("tot: 2026-06-30", "tot: 2025-12-31", "eindigt (2025-12-31) voordat hij begint"),
    "a state of later": ("[2025-07-01]", "[2026-08-01]", "de toestand van 2026-08-01 is van na deze tekst"),
    "not read, and no reason": ("  onleesbaar: In geen kopie te vinden.\n", "", "zeg bij 'onleesbaar' waarom"),
    "read, and a reason why not": ("gelezen: []", "gelezen: [2026-01-01]", "deze tekst is gelezen; haal 'onleesbaar'"),
    "a state of an earlier text": ("[2026-07-01, 2026-09-01]", "[2026-02-01]", "is van vóór deze tekst (2026-07-01)"),
    "no reason": (", reden: Niet gevraagd.", "", "'1:deur' is niet_getoetst, en 'reden' ontbreekt"),
    "no decisions": (", raakt: [proef], kans", ", kans", "'1:deur' is niet_getoetst, en 'raakt' ontbreekt"),
    "no chance": (", kans: soms", "", "'1:deur' is niet_getoetst, en 'kans' ontbreekt"),
    "no sentence": (", zin: Deur?", "", "'1:deur' is niet_getoetst, en 'zin' ontbreekt"),
    "a decision that is not there": ("raakt: [proef], kans", "raakt: [x], kans", "bij 'raakt' is 'x' geen besluit"),
    "a condition that means nothing": ("als: open", "als: opne", "in 'opne', teken 1"),
    "a chance of no effect": ("reden: vervallen", "reden: vervallen, kans: soms", "daarbij hoort geen 'kans'"),
    "no reason for no effect": (", reden: vervallen", "", "'1-a' is geen_effect, en 'reden' ontbreekt"),
    "an assumption of no field": ("[open], raakt", "[dicht], raakt", "'dicht' is geen veld met uitgangspunten"),
    "an unknown kind": ("wordt: veld", "wordt: vraag", "'vraag' kan hier niet; kies uit"),
    "an article that is not listed": ("'2':\n- ", "'4':\n- ", "artikel 4 staat niet bij 'artikelen'"),
    "an article without rows": ("'2':\n- ", "'4':\n- ", "artikel 2 heeft geen rijen in land/wetten/proefwet.yaml"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_law_that_is_not_whole_is_refused(case: str, tmp_path: Path) -> None:
    before, after, said = ROWS[case]
    assert before in WET
    with pytest.raises(RegelsetError) as error:
        wetten(tmp_path, wet=WET.replace(before, after, 1))
    assert [found for found in error.value.faults if found.startswith("land/wetten") and said in found]


# what is changed beside the law, and what is said of it
AROUND = {
    "a number that is none": ("wetten", "BWBR0000001", "BWBR1", "'BWBR1' is geen nummer van wetten.overheid.nl"),
    "a law that is listed and not there": (
        "wetten",
        "proefwet",
        "andere",
        "de wet 'andere' heeft geen rijen; zet die in",
    ),
    "rows of a law that is not listed": ("wetten", "proefwet", "andere", "de wet 'proefwet' staat niet in land/wetten"),
    "an article that is listed twice": ("wetten", "['1',", "['1', '1',", "artikel 1 staat twee keer"),
    "a source without places": (
        "bronnen",
        ", artikelen: [proefwet/1/2b, proefwet/2]",
        "",
        "de bron 'wet' is van de wet 'proefwet', en 'artikelen' noemt daar geen plaats van",
    ),
    "a place without a row": ("bronnen", "proefwet/2]", "proefwet/2/4]", "noemt proefwet/2/4, en daar is geen rij van"),
    "a place in a law that is not listed": (
        "bronnen",
        "proefwet/2]",
        "andere/2]",
        "noemt andere/2, en daar is geen rij",
    ),
    "a source of a law that is not listed": (
        "bronnen",
        "BWBR0000001",
        "BWBR0000009",
        "de bron 'wet' is van BWBR0000009, en die wet staat niet in wetten.yaml",
    ),
    "a place that is none": ("bronnen", "proefwet/2]", "proefwet]", "'proefwet' is geen plaats in een wet"),
    "a source of a day without rows": (
        "bronnen",
        "datum: 2026-01-01",
        "datum: 2025-12-01",
        "van proefwet/2 is er op 2025-12-01 geen rij",
    ),
    "a letter that is gone": (
        "bronnen",
        "datum: 2026-01-01",
        "datum: 2026-07-02",
        "van proefwet/1/2b is er op 2026-07-02",
    ),
    "what was not in force then": (
        "regels",
        "      - naam: past\n",
        "      - naam: past\n        geldig: {vanaf: 2026-07-01}\n",
        "proefwet/1/1: 'proef/past' geldt op geen enkele dag van deze tekst",
    ),
    "a field that the decision does not use": (
        "regels",
        " en (open of niet open)",
        "",
        "'proef' gebruikt het veld 'open' niet",
    ),
    "a rule that rests on what was not read": (
        "bronnen",
        "proefwet/2]",
        "proefwet/3]",
        "'proef/past' is officieel, en rust met 'wet' op proefwet/3; dat is niet gelezen",
    ),
    "a figure that rests on what was not read": (
        "bronnen",
        "proefwet/2]",
        "proefwet/3]",
        "'grens' is officieel, en rust met 'wet' op proefwet/3",
    ),
}


@pytest.mark.parametrize("case", AROUND)
def test_what_does_not_fit_the_law_is_refused(case: str, tmp_path: Path) -> None:
    name, before, after, said = AROUND[case]
    text = {"wetten": WETTEN, "bronnen": BRON, "regels": REGEL}[name]
    assert before in text
    with pytest.raises(RegelsetError) as error:
        wetten(tmp_path, **{name: text.replace(before, after)})
    assert [found for found in error.value.faults if said in found]


def test_two_laws_have_each_their_own_number(tmp_path: Path) -> None:
    with pytest.raises(RegelsetError, match="BWBR0000001 is al van de wet 'proefwet'"):
        wetten(tmp_path, wetten=WETTEN + WETTEN.replace("proefwet", "andere"))


def test_what_rests_on_an_unread_text_may_be_called_secondary(tmp_path: Path) -> None:
    sources = BRON.replace("proefwet/2]", "proefwet/3]")
    rules = REGEL.replace("        dan: ", "        zekerheid: secundair\n        dan: ")
    figures = CIJFERS.replace("officieel", "secundair")
    assert wetten(tmp_path, bronnen=sources, regels=rules, cijfers=figures).bronnen["wet"].artikelen


def test_places_in_a_law_need_a_law(tmp_path: Path) -> None:
    with pytest.raises(RegelsetError, match="'artikelen' wijst naar wetten, en er is geen"):
        laad(tmp_path, bronnen=BRON)
