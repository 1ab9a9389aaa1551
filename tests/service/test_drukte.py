"""Every file that people make, at its size, by command and page while ten users work: nothing ends or fails."""

import re

import pytest

from tests.hulp.bestanden import GEVALLEN, GROTE, KOPPELINGEN, Geval
from tests.hulp.drukte import ALLE, Gemeten, in_drukte

# of what the workers hold at rest after the first round of all files; the second may not keep as much again
_GROWTH = 1.10
RONDES = 2


def _wrong(geval: Geval, way: str, said: str) -> list[str]:
    """What ``said`` should have been and was not."""
    if geval.weigert:
        return [] if re.search(geval.weigert, said) and (way == "pagina" or said.startswith("2 ")) else [geval.weigert]
    assert geval.telt is not None
    read, accepted, rejected, _ = geval.telt
    numbers = (("Gelezen", read), ("Aangenomen", accepted), ("Afgewezen", rejected))
    wanted = [f"{what} {number:,}".replace(",", ".") for what, number in numbers] + [geval.meldt]
    wanted += geval.redenen if way == "opdracht" else []  # the page has them in a file
    wanted += [] if way == "pagina" else ["4 " if rejected else "0 "]
    return [words for words in wanted if words not in said]


@pytest.fixture(scope="module")
def gezegd() -> dict[tuple[str, str], list[str]]:
    return {}


@pytest.fixture(scope="module")
def gemeten(tmp_path_factory: pytest.TempPathFactory, gezegd: dict[tuple[str, str], list[str]]) -> Gemeten:
    def hear(name: str, way: str, said: str) -> None:
        gezegd.setdefault((name, way), []).append(said)

    return in_drukte(tmp_path_factory.mktemp("drukte"), ALLE, hear, RONDES)


@pytest.mark.traag
def test_each_file_gives_what_it_must_every_time(gemeten: Gemeten, gezegd: dict[tuple[str, str], list[str]]) -> None:
    found = GEVALLEN | GROTE
    wrong = [
        (name, way, missing, said[:400])
        for (name, way), answers in gezegd.items()
        if way != "koppeling"
        for said in answers
        if (missing := _wrong(found[name], way, said))
    ]
    assert wrong == []
    assert {name for name, way in gezegd if way == "opdracht"} == set(found)
    refused = [said for (_, way), answers in gezegd.items() if way == "koppeling" for said in answers]
    assert len(refused) == RONDES * 2 * len(KOPPELINGEN)
    assert [said for said in refused if not re.search("[Kk]oppeling (is|heeft|verwijst)", said)] == []


@pytest.mark.traag
def test_the_service_never_ends_and_everybody_gets_good_answers(gemeten: Gemeten) -> None:
    assert gemeten.menigte.errors == []
    assert len(gemeten.menigte.waits["check"]) > 50
    assert len(set(gemeten.processen)) == 1
    assert len(gemeten.processen[0]) == 2


@pytest.mark.traag
def test_the_files_leave_no_memory_behind(gemeten: Gemeten) -> None:
    _, first, second = gemeten.rust
    assert second < _GROWTH * first
