"""A rule set is a value: made by a source, handed along, beside others in one process, and gone when nobody has it."""

import gc
import random
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels import Regelset, pakket, toets
from regels.bandbreedte import bands, check_band
from regels.bestanden import RegelsetError
from regels.bron import uit_map
from regels.laden import load
from regels.lezers import kolommen
from regels.programma import programma
from regels.stand import edges, ranks
from regels.vraag import Vraag, VraagFout
from tests.hulp.geladen import PAKKET
from tests.hulp.huishoudens import huishouden
from tests.hulp.naast import SETS, naast, tweede
from tests.hulp.vragen import GEWOON

ROOT = Path(__file__).parents[2]
IMPORT_ALL = """
import importlib, pkgutil, sys
from pathlib import Path

def watch(event, args):
    if event == "open" and str(args[0]).startswith(tuple(sys.argv[1:])) and str(args[0]).endswith(".yaml"):
        raise RuntimeError(f"read while importing: {args[0]}")

sys.addaudithook(watch)
for name in ("regels", "service", "web"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        # a program, and what Alembic runs itself with the database at hand
        if not module.name.endswith(("__main__", ".migraties.env")):
            importlib.import_module(module.name)
print(len(sys.modules))
"""


@pytest.fixture(scope="module")
def ander(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """The second rule set."""
    return tweede(tmp_path_factory.mktemp("naast"))


def questions(count: int) -> list[dict[str, Any]]:
    rng = random.Random(14)
    return [huishouden(rng, compleet=number % 3 > 0, jaar=2022 + number % 5) for number in range(count)]


def said(regels: Regelset, question: dict[str, Any]) -> str:
    return toets(regels.vraag(question), regels).json()


def test_two_rule_sets_answer_side_by_side_as_each_does_alone(ander: Regelset, tmp_path: Path) -> None:
    asked = questions(8)
    alone = {name: [said(regels, q) for q in asked] for name, regels in (("een", pakket()), ("twee", tweede(tmp_path)))}
    assert [(said(PAKKET, q), said(ander, q)) for q in asked] == list(zip(*alone.values(), strict=True))
    assert all(one != two for one, two in zip(*alone.values(), strict=True))  # the second has a decision more
    with ThreadPoolExecutor(8) as threads:
        mixed = [(number, regels) for number in range(len(asked)) for regels in (PAKKET, ander)]
        random.Random(3).shuffle(mixed)
        found = list(threads.map(lambda job: said(job[1], asked[job[0]]), mixed))
    for (number, regels), answer in zip(mixed, found, strict=True):
        assert answer == alone["een" if regels is PAKKET else "twee"][number]


def test_each_rule_set_has_its_own_fields_figures_and_decisions(ander: Regelset) -> None:
    question = GEWOON | {"personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 45_000}], "vermogen": 0}
    for regels, expected in ((PAKKET, "ja"), (ander, "nee"), (PAKKET, "ja")):
        assert toets(regels.vraag(question), regels).conclusie("daeb-doelgroep").uitkomst == expected
    answer = toets(ander.vraag(question | {"huisdier": True}), ander)
    assert answer.conclusie("huisdier").uitkomst == "ja"
    assert "huisdier" not in PAKKET.besluiten
    with pytest.raises(VraagFout) as refused:
        PAKKET.vraag(question | {"huisdier": True})
    assert [fault.veld for fault in refused.value.fouten] == ["/huisdier"]


def test_bands_and_tables_are_of_the_rule_set_that_is_asked(ander: Regelset) -> None:
    day = date(2026, 3, 1)
    assert 51_537 in {band.hoog for band in bands(day, PAKKET)} and 40_000 in {band.hoog for band in bands(day, ander)}
    band = next(band for band in bands(day, PAKKET) if band.hoog == 51_537)
    asked = GEWOON | {"personen": [{"rol": "huurder", "leeftijd": 40}]}
    sure, unsure = (check_band(regels.vraag(asked), band, regels) for regels in (PAKKET, ander))
    assert sure.conclusie("daeb-doelgroep").uitkomst == "ja"
    assert unsure.conclusie("daeb-doelgroep").uitkomst in ("nee", "onbekend")
    assert "huisdier" in {kolom.naam for kolom in kolommen.schema(ander, personen=1)}
    assert "huisdier" not in {kolom.naam for kolom in kolommen.schema(PAKKET, personen=1)}


def test_a_question_of_other_rules_is_refused(ander: Regelset) -> None:
    with pytest.raises(ValueError, match="met andere regels gelezen"):
        toets(ander.vraag(GEWOON), PAKKET)
    assert isinstance(ander.vraag(GEWOON), Vraag)


def test_what_was_made_of_a_rule_set_goes_when_it_goes(tmp_path: Path) -> None:
    regels = tweede(tmp_path)
    said(regels, GEWOON)
    days = date(2026, 3, 1), date(2026, 7, 1)
    kolommen.Tabeltoets(regels, days[0], 2026, ["huurtoeslag"])
    kept = [regels, programma(regels, *days), regels.vragen.vraag, regels.vragen]
    watched = [weakref.ref(one) for one in kept]
    del regels, kept
    gc.collect()
    assert [ref() for ref in watched] == [None] * len(watched)


def test_what_is_kept_is_made_once_for_each_rule_set(ander: Regelset) -> None:
    for keep in (edges, ranks):
        assert keep(PAKKET) is keep(PAKKET) and keep(PAKKET) is not keep(ander)
    with ThreadPoolExecutor(8) as threads:
        assert len({id(model) for model in threads.map(lambda _: ander.vragen.vraag, range(40))}) == 1


def test_nothing_of_a_rule_set_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PAKKET.versie = "anders"  # type: ignore[misc]


def test_nothing_is_read_while_the_code_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(SETS), str(ROOT / "web")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


# sources


def test_the_package_a_folder_and_loose_files_give_the_same_rule_set() -> None:
    loose = [(path.relative_to(SETS).as_posix(), path.read_bytes()) for path in SETS.rglob("*.yaml")]
    random.Random(1).shuffle(loose)
    hashes = {regels.hash for regels in (PAKKET, uit_map(SETS), load(loose))}
    assert len(hashes) == 1


def test_a_folder_that_is_none_or_empty_is_refused_in_words(tmp_path: Path) -> None:
    for folder, words in ((tmp_path / "weg", "is geen map"), (tmp_path, "staan geen regelbestanden")):
        with pytest.raises(RegelsetError) as refused:
            uit_map(folder)
        assert len(refused.value.faults) == 1 and words in refused.value.faults[0]


def test_a_folder_with_faults_tells_all_of_them_with_their_places(tmp_path: Path) -> None:
    folder = naast(tmp_path)
    (folder / "landelijk" / "huisdier.yaml").write_text("besluiten: {huisdier: {vraag: Ja?}}\n", encoding="utf-8")
    (folder / "landelijk" / "oud.yaml").write_bytes("# regel\n# caf\xe9\n".encode("latin-1"))
    with pytest.raises(RegelsetError) as refused:
        uit_map(folder)
    # what stands in a file that cannot be read would be said to be missing, so such files come first
    assert refused.value.faults == ["landelijk/oud.yaml:2: dit is geen tekst in UTF-8; bewaar het bestand als UTF-8"]
    (folder / "landelijk" / "oud.yaml").unlink()
    with pytest.raises(RegelsetError) as again:
        uit_map(folder)
    faults = again.value.faults
    assert any(fault.startswith("landelijk/huisdier.yaml:1: 'regels' ontbreekt") for fault in faults)
    assert len(faults) > 1
