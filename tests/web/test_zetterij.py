"""The typesetters: beside each other, with an end to the queue, replaced in time, and never left behind."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from web.papieren.model import Alinea, Papier, Papiersectie, as_values
from web.papieren.zetter import Zetter
from web.papieren.zetterij import Omvang, ZetFout, Zetterij, ZetterijVol

NU = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)


def _paper(text: str, parts: int = 1) -> Papier:
    told = tuple(Papiersectie(f"Deel {number}", (Alinea(text),)) for number in range(parts))
    return Papier("overzicht", "Titel", "", as_values([("Kenmerk", text)]), told, "", "Pagina", "van")


def _text(document: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


@pytest.fixture
def made() -> Iterator[list[Zetterij]]:
    found: list[Zetterij] = []
    yield found
    for zetterij in found:
        zetterij.close()


def _pool(made: list[Zetterij], **omvang: int) -> Zetterij:
    made.append(Zetterij(Omvang(**omvang)))
    return made[-1]


def _pids(zetterij: Zetterij) -> set[int]:
    return {process.pid for process in zetterij._running}


def _ends(pid: int) -> bool:
    """Whether a process is gone within a while; one that only waits to be counted is."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_paper_is_the_same_as_one_set_in_this_process(made: list[Zetterij]) -> None:
    paper = _paper("zaak één, €")
    assert _pool(made, processen=1).set_paper(paper, NU) == Zetter().set_paper(paper, NU)


def test_papers_that_are_asked_at_once_each_get_their_own_text(made: list[Zetterij]) -> None:
    zetterij, found = _pool(made, processen=2), {}

    def ask(text: str) -> None:
        found[text] = _text(zetterij.set_paper(_paper(text, 5), NU))

    asked = [f"zaak-{number}" for number in range(12)]
    threads = [threading.Thread(target=ask, args=(text,)) for text in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found.keys() == set(asked)
    for own, text in found.items():
        assert own in text
        assert not any(other in text for other in asked if other not in (own, own[:-1]))
    assert len(_pids(zetterij)) == 2


def test_one_at_a_time_needs_one_process(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=3)
    for number in range(3):
        zetterij.set_paper(_paper(str(number)), NU)
    assert len(_pids(zetterij)) == 1


def test_a_queue_that_is_full_says_so_at_once(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=1, wachtrij=1)
    zetterij.set_paper(_paper("eerst"), NU)
    outcomes: list[str] = []

    def ask() -> None:
        try:
            zetterij.set_paper(_paper("lang", 3_000), NU)
            outcomes.append("gezet")
        except ZetterijVol:
            outcomes.append("vol")

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["gezet", "gezet", "vol", "vol"]
    zetterij.set_paper(_paper("daarna"), NU)


def test_a_process_is_replaced_after_so_many_papers(made: list[Zetterij]) -> None:
    zetterij, seen = _pool(made, processen=1, verversen=3), []
    for number in range(7):
        zetterij.set_paper(_paper(str(number)), NU)
        seen.append(_pids(zetterij))
    assert all(len(pids) == 1 for pids in seen)
    assert seen[0] == seen[1] != seen[2] == seen[3] == seen[4] != seen[5]
    assert _ends(*seen[0])


def test_the_memory_of_the_service_is_not_counted_as_that_of_a_typesetter(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=1)
    large = bytearray(500 * 1024 * 1024)
    large[::4096] = b"1" * len(large[::4096])  # each page, so that it is really there
    for number in range(2):
        zetterij.set_paper(_paper(str(number)), NU)
    (process,) = zetterij._running
    assert process.made == 2 and process.mib < 400, process.mib
    assert large


def test_a_process_that_was_killed_is_not_noticed(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=1)
    zetterij.set_paper(_paper("een"), NU)
    (pid,) = _pids(zetterij)
    os.kill(pid, signal.SIGKILL)
    assert "twee" in _text(zetterij.set_paper(_paper("twee"), NU))
    assert _pids(zetterij) != {pid}


def test_a_paper_that_takes_too_long_is_a_defect_and_the_next_one_is_set(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=1, duur=1)
    zetterij.warm()
    (pid,) = _pids(zetterij)
    time.sleep(3)  # it has started
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(ZetFout) as found:
        zetterij.set_paper(_paper("98765432"), NU)
    assert "98765432" not in str(found.value)
    assert _ends(pid)
    zetterij.omvang = Omvang(processen=1)
    assert "daarna" in _text(zetterij.set_paper(_paper("daarna"), NU))


def test_a_paper_that_cannot_be_set_is_a_defect_without_its_text(made: list[Zetterij]) -> None:
    zetterij = _pool(made, processen=1)
    with pytest.raises(ZetFout) as found:
        zetterij.set_paper(_paper("een teken dat in geen letter staat: \U000130f6 98765432"), NU)
    assert "98765432" not in str(found.value)
    assert "daarna" in _text(zetterij.set_paper(_paper("daarna"), NU))


def test_what_waits_when_the_service_stops_is_told_to_come_again(made: list[Zetterij]) -> None:
    zetterij, outcomes = _pool(made, processen=1), []
    zetterij.set_paper(_paper("eerst"), NU)
    pids = _pids(zetterij)

    def ask() -> None:
        try:
            zetterij.set_paper(_paper("lang", 20_000), NU)
        except ZetterijVol:
            outcomes.append("vol")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    zetterij.close()
    for thread in threads:
        thread.join(30)
    assert outcomes == ["vol"] * 3
    assert all(_ends(pid) for pid in pids)
    with pytest.raises(ZetterijVol):
        zetterij.set_paper(_paper("daarna"), NU)
