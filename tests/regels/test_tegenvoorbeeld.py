"""What the proof shows of a household that goes against a claim: how it goes wrong, and a file that runs as a test."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from regels.bron import uit_map
from regels.lezers.bewijs import WEERLEGD, Bevinding, Bewijzer
from regels.lezers.bewijs.misgaan import GEEN_REGEL
from regels.regelset import Regelset
from regels.toets import LezersVerschil
from tests import hulp
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.regelsets import besluit, laad

SETS = Path(__file__).parents[2] / "regels" / "sets"
LANDELIJK = "landelijk/toewijzing.yaml"
Breek = Callable[[str, str, str], Regelset]


@pytest.fixture
def breek(tmp_path: Path) -> Breek:
    """The real rules, with one text in one file replaced."""

    def broken(file: str, old: str, new: str) -> Regelset:
        folder = tmp_path / "sets"
        shutil.copytree(SETS, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return uit_map(folder)

    return broken


def _first(findings: list[Bevinding]) -> Bevinding:
    return next(one for one in findings if one.uitslag == WEERLEGD)


def _proof(regels: Regelset, year: int = 2026) -> Bewijzer:
    return Bewijzer(regels, date(year, 1, 1), date(year, 12, 31))


def _refuted(regels: Regelset, name: str) -> Bevinding:
    return _first(_proof(regels).besluit(regels.besluiten[name]))


def test_a_gap_says_that_no_rule_applies(tmp_path: Path) -> None:
    rules = besluit(("a", "inkomen < grens", "ja"), ("b", "inkomen > grens", "nee"))
    found = _refuted(laad(tmp_path, regels=rules), "proef")
    assert found.mis[0] == GEEN_REGEL
    assert any("1.000" in line for line in found.mis[1:]), "de grens zelf staat erbij"


def test_an_overlap_names_the_rules_that_both_apply(tmp_path: Path) -> None:
    rules = besluit(("a", "inkomen <= grens", "ja"), ("b", "inkomen >= grens", "nee"))
    found = _refuted(laad(tmp_path, regels=rules), "proef")
    assert found.mis[0] == "Meer dan één regel geldt: 'a', 'b'."


def test_the_file_is_a_test_that_fails_until_the_rules_are_mended(breek: Breek, tmp_path: Path) -> None:
    broken = breek(
        LANDELIJK, "doelgroep en kale_huur <= passende_huurgrens", "doelgroep en kale_huur < passende_huurgrens"
    )
    found = _refuted(broken, "passende-huur")
    path = tmp_path / "huur-op-de-grens.yaml"
    filled = found.voorbeeld.replace("bron: ''", "bron: Woningwet 46").replace("uitkomst: ''", "uitkomst: ja")
    path.write_text(filled, encoding="utf-8")
    case = hulp.lees(path)
    question, expected = read(case.vraag), case.verwacht["passende-huur"]["uitkomst"]
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert toets(question).conclusie("passende-huur").uitkomst == expected
    for parts in (None, ("uitkomst",)):
        with pytest.raises(LezersVerschil):
            toets(broken.vraag(case.vraag), broken, {"passende-huur"}, parts)


def test_the_household_comes_first_and_is_an_ordinary_one(breek: Breek) -> None:
    broken = breek(
        LANDELIJK, "doelgroep en kale_huur <= passende_huurgrens", "doelgroep en kale_huur < passende_huurgrens"
    )
    found = _refuted(broken, "passende-huur")
    residents = [line.startswith("bewoner ") for line in found.huishouden]
    assert residents == sorted(residents)
    person = yaml.safe_load(found.voorbeeld)["vraag"]["personen"][0]
    assert 1950 <= person["geboortedatum"].year <= 2000
    assert person["inkomen"] >= 15_000


def test_an_amount_that_goes_wrong_is_shown_with_what_it_is_held_to(breek: Breek) -> None:
    old, new = "dan huur_voor_ronde\n      anders als past", "dan wws_maximum\n      anders als past"
    broken = breek("landelijk/huurverhoging.yaml", old, new)
    found = _first(_proof(broken).stelling("nieuwe-huur-niet-onder-de-oude"))
    assert {line.split(":")[0] for line in found.mis} == {
        "Hoogste nieuwe huur volgens de wet",
        "Kale huur op de dag vóór de huurverhoging",
    }
    example = yaml.safe_load(found.voorbeeld)
    assert example["vraag"]["soort"] == "huurder", "de toets van een huurverhoging gaat over een huurder"
    ((name, expected),) = example["verwacht"].items()
    answer = toets(read(hulp.als_json(example["vraag"])), PAKKET, {name}).conclusie(name)
    assert set(expected["waarden"]) <= set(answer.waarden), "de waarden om in te vullen bestaan in dit besluit"
    assert answer.waarden["hoogsteNieuweHuur"] >= example["vraag"]["woning"]["huurVoorRonde"]


def test_two_households_that_are_compared_are_shown_beside_each_other(breek: Breek) -> None:
    old, new = "dan laagste_normhuur anders hogere_normhuur", "dan hogere_normhuur anders laagste_normhuur"
    found = _first(_proof(breek("landelijk/huurtoeslag.yaml", old, new), 2025).stelling("normhuur-stijgt-met-inkomen"))
    assert len(found.mis) == 2
    assert all("eerst €" in line and ", daarna €" in line for line in found.mis)
