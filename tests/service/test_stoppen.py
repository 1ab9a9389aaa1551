"""The end of the service, whenever it comes: in time, with nothing of a household left and no process behind."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bench.belasting import FORM
from tests.hulp.dienst import Dienst, dienst, head, read_all
from tests.hulp.opladen import Bezoeker
from tests.hulp.portefeuille import csv_bytes

STOP = 3  # seconds that this service waits for what is under way
SLACK = 25  # of a machine that does something else too
FORMS = {"Content_Type": "application/x-www-form-urlencoded"}
ROWS = [{"Complexnummer": f"VHE-{number}", "Nettohuur": "650,00", "Leeftijd": "40"} for number in range(5_000)]


def _upload(run: Dienst) -> None:
    lines = ["--grens", 'Content-Disposition: form-data; name="woningen"; filename="huizen.csv"', "", ""]
    body = "\r\n".join(lines).encode() + csv_bytes(ROWS) + b"\r\n--grens--\r\n"
    status, _ = run.get("/portefeuille", "POST", body, Content_Type="multipart/form-data; boundary=grens")
    assert status == 303


def _files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file() and "portefeuille" in str(path)]


def _children(pid: int) -> set[int]:
    found = {int(p.name): p / "stat" for p in Path("/proc").iterdir() if p.name.isdecimal()}
    parents: dict[int, int] = {}
    for child, stat in found.items():
        try:
            parents[child] = int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
    own = {pid}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    return own - {pid}


def _all_gone(pids: set[int]) -> bool:
    end = time.monotonic() + SLACK
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def busy(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Dienst, list[socket.socket]]]:
    """A service in the middle of everything: a file, papers, a check, and a head and a message that falter."""
    lines: list[socket.socket] = []
    with dienst(tmp_path, werkers=request.param, stoptijd=STOP, koptijd=60, berichttijd=60) as run:
        _upload(run)
        form = urlencode(FORM).encode()
        assert run.get("/papieren/overzicht", "POST", form, **FORMS)[0] == 200
        for path, body in (("/papieren/dossier", form), ("/huurder", form), ("/papieren/dossier", form)):
            line = run.connect(60)
            line.sendall(
                head(path, "POST", f"Content-Type: {FORMS['Content_Type']}", f"Content-Length: {len(body)}") + body
            )
            lines.append(line)
        for sent in (
            b"GET / HT",
            head("/v1/toetsen", "POST", "Content-Type: application/json", "Content-Length: 9") + b"{",
        ):
            line = run.connect(60)
            line.sendall(sent)
            lines.append(line)
        time.sleep(0.2)
        yield run, lines
        for line in lines:
            line.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks in /proc which processes there are")
@pytest.mark.parametrize(
    ("busy", "how"),
    [
        (1, signal.SIGTERM),
        (2, signal.SIGINT),
        pytest.param(1, signal.SIGINT, marks=pytest.mark.traag),
        pytest.param(2, signal.SIGTERM, marks=pytest.mark.traag),
    ],
    indirect=["busy"],
)
def test_it_ends_in_time_and_leaves_nothing(busy: tuple[Dienst, list[socket.socket]], how: signal.Signals) -> None:
    run, lines = busy
    children = _children(run.process.pid)
    assert _files(run.tmp), "er is iets om weg te halen"
    answers: list[bytes] = []
    readers = [threading.Thread(target=lambda line=line: answers.append(read_all(line))) for line in lines]
    for reader in readers:
        reader.start()
    assert run.stop(how) < STOP * 2 + SLACK
    for reader in readers:
        reader.join(SLACK)
    assert len(answers) == len(lines)
    assert not any(b"HTTP/1.1 500" in answer for answer in answers)
    assert _all_gone(children)
    assert not _files(run.tmp)
    assert not [line for line in run.lines() if line["event"] == "incident"]
    assert not any(value in run.log for value in ("wetland-wonen", "655,12", "VHE-"))


def test_who_looks_at_the_progress_of_a_portfolio_does_not_hold_the_end(tmp_path: Path) -> None:
    long = 60
    with dienst(tmp_path, stoptijd=long) as run:
        visitor = Bezoeker(run.port)
        content = csv_bytes([{"VHE-nummer": at, "Kale huur": "600,00"} for at in range(400_000)])
        addresses = [visitor.upload(woningen=("w.csv", content)).naar for _ in range(4)]
        for address in addresses:
            assert visitor.couple(address, verhuurder="woonconcept").naar
        line = run.connect(long)
        line.sendall(head(f"{addresses[-1]}/voortgang"))  # of the one that waits for the others
        heard = line.recv(65_536)
        told: list[bytes] = []
        reader = threading.Thread(target=lambda: told.append(read_all(line)))
        reader.start()
        assert run.stop() < long / 2
        reader.join(SLACK)
        line.close()
    assert heard.startswith(b"HTTP/1.1 200")
    assert b"klaar" not in heard + b"".join(told), "de pagina vraagt later hoe het afliep"
    assert not _files(run.tmp)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks in /proc which processes there are")
@pytest.mark.parametrize("busy", [1], indirect=True)
def test_what_a_kill_left_is_gone_after_the_next_start(busy: tuple[Dienst, list[socket.socket]]) -> None:
    run, _ = busy
    children = _children(run.process.pid)
    os.kill(run.process.pid, signal.SIGKILL)
    run.process.wait(SLACK)
    assert _all_gone(children), "wie papieren zet, eindigt met de dienst"
    assert _files(run.tmp)
    with dienst(run.tmp):
        assert not _files(run.tmp)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks in /proc which processes there are")
def test_there_are_as_many_typesetters_as_processors_and_no_more_than_papers_need() -> None:
    form = urlencode(FORM | {"kenmerk": "Z-1"}).encode()
    with dienst() as run:
        asked = [
            threading.Thread(target=run.get, args=("/papieren/dossier", "POST", form), kwargs=FORMS) for _ in range(6)
        ]
        for thread in asked:
            thread.start()
        for thread in asked:
            thread.join(60)
        names = [Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8") for pid in _children(run.process.pid)]
    typesetters = [name for name in names if "zetproces" in name]
    assert 1 <= len(typesetters) <= max(1, min(4, os.cpu_count() or 1))
