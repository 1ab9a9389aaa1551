"""What an answer says that it did not check: only what could matter to this household, the likely first."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels.regelset import Regelset
from regels.toets import _Answer
from regels.uitslag import Uitslag
from regels.wet.wetsplaatsen import NietGetoetst, Wetsplaats, artikelen_in_woorden, leden_in_woorden
from regels.wet.wetsregels import lid_in_woorden
from tests.hulp.regelsets import PEILDATUM, REGELS, TEKSTEN, VELDEN, laad, programma, stand
from tests.hulp.wetten import BRON

ROWS = """\
'1':
- gelezen: [2025-07-01, 2026-01-01]
  vanaf: 2026-01-01
  leden: 3
  rijen:
    '1': {tekst: Deur., wordt: niet_getoetst, reden: Nooit., raakt: [proef], kans: zelden, als: open, zin: Een deur.}
    '2': {tekst: Een raam., wordt: niet_getoetst, reden: Niet., raakt: [ander, proef], kans: vaak, zin: Een raam.}
    '3': {tekst: Dak., wordt: niet_getoetst, reden: Ook., raakt: [ander], kans: soms, als: kleur = rood, zin: Een dak.}
'2':
- gelezen: []
  onleesbaar: Nergens.
  vanaf: 2026-01-01
  tot: 2026-06-30
  leden: 0
  letters: {'0': 1}
  rijen:
    '0': {tekst: Over, wordt: geen_effect, reden: De aanhef.}
    '0a': {tekst: een deur., wordt: niet_getoetst, reden: Nog eens., raakt: [proef], kans: soms, zin: Een deur.}
- gelezen: []
  onleesbaar: Nergens.
  vanaf: 2026-07-01
  leden: 0
  rijen:
    '0': {tekst: Weg., wordt: geen_effect, reden: vervallen}
"""
OTHER = """\
  ander:
    vraag: Is er iets anders?
    bron: wet
    alleen_als: niet dicht
    anders: Er is niets anders.
    regels:
      - {naam: wel, als: 'inkomen > 0 of niet (inkomen > 0)', dan: ja, zegt: Zo., omdat: Zo.}
"""


@pytest.fixture(scope="module")
def regels(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    return laad(
        tmp_path_factory.mktemp("leemten"),
        wetten="proefwet: {titel: Proefwet, bwb: BWBR0000001, artikelen: ['1', '2']}\n",
        wet=ROWS,
        bronnen=BRON.replace("artikelen: [proefwet/1/2b, proefwet/2]", "artikelen: [proefwet/1]"),
        velden=VELDEN.replace(
            "label: Dicht, waarom: Het telt.",
            "label: Dicht, waarom: Het telt., uitgangspunten: [{id: ga-uit, waarde: nee, tekst: Niet dicht.}]",
        ).replace(
            "label: Kleur, waarom: Het telt.,",
            "label: Kleur, waarom: Het telt., uitgangspunten: [{id: rood, waarde: rood, tekst: Rood.}],",
        ),
        regels=REGELS + OTHER,
        teksten=TEKSTEN + "ander:\n  titel: Anders\n  vakterm: Ander\n  toelichting: Nog een besluit.\n",
    )


def asked(regels: Regelset, *delen: str, dag: date = PEILDATUM, **facts: Any) -> Uitslag:
    days, (known, persons) = {"peildatum": dag, "rondedatum": date(dag.year, 7, 1)}, stand({"inkomen": 900} | facts)
    return _Answer(programma(regels, dag), days | dict(known), persons, None, delen or None).build()


def told(uitslag: Uitslag) -> list[NietGetoetst]:
    assert uitslag.niet_getoetst is not None
    return uitslag.niet_getoetst


def test_the_likely_come_first_and_each_sentence_once_with_all_its_places(regels: Regelset) -> None:
    assert told(asked(regels)) == [
        NietGetoetst(
            "Een raam.",
            "vaak",
            ["proef", "ander"],
            [Wetsplaats("Proefwet", "1", "lid 2", f"{PLACE}/2026-01-01#Artikel1", "Niet.")],
        ),
        NietGetoetst(
            "Een deur.",
            "soms",
            ["proef"],
            [
                Wetsplaats("Proefwet", "1", "lid 1", f"{PLACE}/2026-01-01#Artikel1", "Nooit."),
                Wetsplaats("Proefwet", "2", "onder a", f"{PLACE}#Artikel2", "Nog eens."),
            ],
        ),
        NietGetoetst(
            "Een dak.",
            "soms",
            ["ander"],
            [Wetsplaats("Proefwet", "1", "lid 3", f"{PLACE}/2026-01-01#Artikel1", "Ook.")],
        ),
    ]


PLACE = "https://wetten.overheid.nl/BWBR0000001"
CASES = {
    "what is not known may be": ({}, ["Een raam. vaak", "Een deur. soms", "Een dak. soms"]),
    "what is not so cannot": ({"kleur": "blauw"}, ["Een raam. vaak", "Een deur. soms"]),
    "a text that is over is not told": (
        {"dag": date(2026, 7, 1)},
        ["Een raam. vaak", "Een dak. soms", "Een deur. zelden"],
    ),
    "and then a condition counts alone": (
        {"dag": date(2026, 7, 1), "open": False},
        ["Een raam. vaak", "Een dak. soms"],
    ),
    "a decision that is not about it is not told": ({"dicht": True}, ["Een raam. vaak", "Een deur. soms"]),
    "and where no rules are known nothing is": ({"dag": date(2025, 6, 1)}, []),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_could_matter_is_told(regels: Regelset, case: str) -> None:
    facts, expected = CASES[case]
    assert [f"{one.tekst} {one.kans}" for one in told(asked(regels, **facts))] == expected


def test_of_a_decision_that_is_not_about_it_the_other_is_told(regels: Regelset) -> None:
    assert told(asked(regels, dicht=True))[0].besluiten == ["proef"]


def test_what_a_condition_takes_as_given_is_not_taken_for_the_answer(regels: Regelset) -> None:
    assert [taken.id for taken in asked(regels).uitgangspunten] == ["ga-uit"]


def test_an_answer_has_it_in_json_and_a_short_one_only_when_it_is_asked(regels: Regelset) -> None:
    (first, *_) = asked(regels).as_data()["nietGetoetst"]
    assert first["plaatsen"][0]["artikel"] == "1"
    assert '"nietGetoetst":[{"tekst":"Een raam.","kans":"vaak","besluiten":["proef","ander"]' in asked(regels).json()
    assert "nietGetoetst" not in asked(regels, "conclusies").json()
    assert told(asked(regels, "niet_getoetst"))


def test_rules_that_do_not_account_for_the_law_say_nothing_of_it(tmp_path: Path) -> None:
    assert "nietGetoetst" not in asked(laad(tmp_path)).json()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["lid 1", "lid 2"], "lid 1 en 2"),
        (["lid 1", "lid 2", "lid 4", "lid 2bis"], "lid 1, 2, 4 en 2bis"),
        (["lid 2 onder a", "lid 2 onder c"], "lid 2, onder a en c"),
        (["lid 2 onder a", "lid 1", "lid 1 onder b"], "lid 1 en lid 2, onder a"),
        (["lid 1", "lid 10 onder a"], "lid 1 en lid 10, onder a"),
        (["lid 3 (huurder)", "lid 3 (bewoner)"], "lid 3 (huurder en bewoner)"),
        (["onder a", "onder b"], "onder a en b"),
        (["", "onder b"], ""),
    ],
)
def test_members_of_one_article_are_named_together(names: list[str], words: str) -> None:
    assert leden_in_woorden(names) == words


def test_another_state_of_an_article_is_another_place() -> None:
    places = [Wetsplaats("Proefwet", "1", f"lid {member}", f"op {member}", "Niet.") for member in (1, 2)]
    found = list(artikelen_in_woorden(places))
    assert found == [("Proefwet, artikel 1 lid 1", "op 1"), ("Proefwet, artikel 1 lid 2", "op 2")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2", "lid 2"),
        ("2a", "lid 2 onder a"),
        ("2-a", "lid 2a"),
        ("2-a:b", "lid 2a onder b"),
        ("1:bewoner", "lid 1 (bewoner)"),
        ("0", ""),
        ("0aa", "onder aa"),
    ],
)
def test_a_member_is_written_as_a_reader_does(name: str, words: str) -> None:
    assert lid_in_woorden(name) == words
