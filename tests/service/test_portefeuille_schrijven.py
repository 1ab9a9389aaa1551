"""Writing: whole or not at all, for the user only, and never a formula. And the command around it."""

import errno
import io
import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from service.opdracht.commando import app
from service.portefeuille import opdrachtregel
from service.portefeuille.cellen import neutral
from service.portefeuille.draaien import private_folder
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.schrijven import Neergezet, open_uitvoer
from tests.hulp.portefeuille import csv_bytes, draai_bestand, draai_rijen, rij, write_csv

FORMULAS = ("=1+1", "+31612345678", "-2+3", "@SUM(A1)", "\tx", "＝1", '=HYPERLINK("http://x.nl")')


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "service.opdracht.commando", "portefeuille", *arguments],
        input=stdin, capture_output=True, timeout=120, check=False, cwd=cwd, env=ENV,
    )  # fmt: skip


ENV = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "200"}


# formulas


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_would_be_run_is_shown_instead(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "W1", "1-2", "a=b", "'=x"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_reference_and_no_found_text_reaches_a_spreadsheet_as_a_formula(tmp_path: Path, suffix: str) -> None:
    rows = [rij(text.strip()) for text in FORMULAS if text.strip() == text] + [
        rij("W9", Kale_huur="=cmd|' /C calc'!A1")
    ]
    done = draai_rijen(tmp_path, rows, uit=f"uit{suffix}")
    assert sorted(done.rijen["verwijzing"]) == sorted(f"'{text}" for text in FORMULAS if text.strip() == text)
    if suffix == ".csv":
        assert done.afgewezen[0]["gevonden"].startswith("'=cmd")
    else:
        with zipfile.ZipFile(done.uit) as book:
            sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))
        assert b"<f>" not in sheets
        assert b"hyperlink" not in sheets.lower().replace(b"'=hyperlink", b"")


def test_a_number_below_zero_stays_a_number(tmp_path: Path) -> None:
    row = rij("W1", p1_inkomen_opgave="60000")
    text = draai_rijen(tmp_path, [row], uit="uit.csv").rijen["daeb-doelgroep__marge"].item()
    assert text == "-8463,00"
    assert draai_rijen(tmp_path, [row], uit="uit.xlsx").rijen["daeb-doelgroep__marge"].item() == -8463


# whole or not at all


def test_files_appear_together_and_for_the_user_only(tmp_path: Path) -> None:
    placed = Neergezet()
    for name in ("a", "b"):
        placed.path_for(tmp_path / name).write_text(name)
    assert not (tmp_path / "a").exists()
    placed.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_fault_halfway_leaves_the_old_result_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "uit.csv").write_text("oud")
    with private_folder() as folder, pytest.raises(KeyboardInterrupt):  # noqa: SIM117
        with open_uitvoer(
            str(tmp_path / "uit.csv"), tmp_path / "s.xlsx", tmp_path / "a.csv", folder, proef=False
        ) as out:
            assert out.resultaat is not None
            out.resultaat.write(pl.DataFrame({"a": ["1"]}))
            raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["uit.csv"]
    assert (tmp_path / "uit.csv").read_text() == "oud"


def test_a_folder_that_is_not_there_is_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(PortefeuilleFout, match="niet te schrijven"):
        draai_rijen(tmp_path, [rij()], uit="weg/uit.csv")


SLOW = """
import sys, time
from service.portefeuille import schrijven
from service.opdracht.commando import main
before = schrijven.Csv.write
def write(self, frame):
    before(self, frame)
    if "huurklasse__klasse" in frame.columns:
        print("halverwege", flush=True)
        time.sleep(60)
schrijven.Csv.write = write
sys.argv = ["huurtoets", "portefeuille", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    ("sign", "code"),
    [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 130)],
    ids=["kill", "ctrl-c", "term"],
)
def test_a_run_that_is_ended_while_writing_leaves_no_half_result(
    tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    source = write_csv(tmp_path / "w.csv", [rij()])
    (tmp_path / "uit.csv").write_text("oud")
    private = tmp_path / "tijdelijk"
    private.mkdir()
    started = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(source), str(tmp_path / "uit.csv"), "--peildatum", "2026-03-01"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV | {"TMPDIR": str(private)},
    )  # fmt: skip
    assert started.stdout is not None
    assert started.stdout.readline() == b"halverwege\n"
    time.sleep(0.2)
    started.send_signal(sign)
    started.communicate(timeout=30)
    assert started.returncode == code
    assert (tmp_path / "uit.csv").read_text() == "oud"
    assert not (tmp_path / "uit-samenvatting.xlsx").exists()
    if sign == signal.SIGKILL:
        assert list(private.iterdir()), "wie zo wordt beëindigd, ruimt niets op"
        with private_folder(private):  # as any later run begins, for whatever file
            pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tijdelijk", "uit.csv", "w.csv"]
    assert list(private.iterdir()) == []


WORKBOOK = """
import os, signal, sys
from service.portefeuille import werkboek
from service.opdracht.commando import main
sign = int(sys.argv.pop())
class Rows(werkboek.pl.DataFrame):
    def iter_rows(self, **how):
        os.kill(os.getpid(), sign)
        yield from super().iter_rows(**how)
whole = werkboek.Uitvoerblad.whole
def stopped(self, opmaak):
    rows, *rest = whole(self, opmaak)
    return Rows(rows), *rest
werkboek.Uitvoerblad.whole = stopped
sys.argv = ["huurtoets", "portefeuille", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_a_run_that_is_ended_while_the_workbook_is_written_is_an_end_and_no_defect(
    tmp_path: Path, sign: signal.Signals
) -> None:
    source = write_csv(tmp_path / "w.csv", [rij()])
    done = subprocess.run(
        [sys.executable, "-c", WORKBOOK, source, tmp_path / "uit.xlsx", "--besluit", "huurklasse", str(int(sign))],
        capture_output=True, timeout=60, check=False, env=ENV,
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode().strip()) == (130, "Afgebroken. Er is niets geschreven.")
    assert [path.name for path in tmp_path.iterdir()] == ["w.csv"]


# the command


def test_the_command_answers_a_file_and_says_what_it_did(tmp_path: Path) -> None:
    write_csv(tmp_path / "w.csv", [rij("W1"), rij("W2")])
    done = run("w.csv", "uit.xlsx", "--peildatum", "1-3-2026", "--bewaar-koppeling", "k.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    assert "Aangenomen" in done.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k.yaml", "uit.xlsx", "w.csv"]
    again = run("w.csv", "uit.parquet", "--peildatum", "1-3-2026", "--koppeling", "k.yaml", cwd=tmp_path)
    assert again.returncode == 0
    assert pl.read_parquet(tmp_path / "uit.parquet").height == 2


def test_streams_in_and_out_hold_only_the_result() -> None:
    done = run("-", "-", "--peildatum", "2026-03-01", "--besluit", "huurklasse", stdin=csv_bytes([rij()]))
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("verwijzing;verhuurder;woning_kale_huur;")
    assert lines[1].startswith("W1;wetland-wonen;600,00;C;ja;betaalbaar-laag;")
    assert len(lines) == 2


def test_rejected_rows_give_their_own_exit_code(tmp_path: Path) -> None:
    write_csv(tmp_path / "w.csv", [rij("W1"), rij("W2", Kale_huur="x")])
    assert run("w.csv", "--proef", "--peildatum", "2026-03-01", cwd=tmp_path).returncode == 4
    assert (tmp_path / "w-afgewezen.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("weg.csv", "uit.csv"), "niet te lezen"),
        (("w.csv",), "--proef"),
        (("w.csv", "w.csv"), "invoerbestand"),
        (("w.csv", "uit.pdf"), "geen soort uitvoer"),
        (("w.csv", "uit.csv", "--peildatum", "morgen"), "peildatum"),
        (("w.csv", "uit.csv", "--huurronde", "26"), "huurronde"),
        (("w.csv", "uit.csv", "--besluit", "x"), "bestaat niet"),
        (("w.csv", "uit.csv", "--vast", "soort"), "naam=waarde"),
        (("w.csv", "uit.csv", "--personen", "w.pdf"), "soort bestand"),
    ],
)
def test_a_wrong_call_says_what_to_change_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    write_csv(tmp_path / "w.csv", [rij()])
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["portefeuille", *arguments])
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["w.csv"]


def test_a_defect_is_a_number_and_shows_no_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim-7319")

    write_csv(tmp_path / "w.csv", [rij()])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("service.portefeuille.opdrachtregel.draai", fail)
    # the log of this process is not sent to the streams of one call
    monkeypatch.setattr("service.portefeuille.opdrachtregel.configure", lambda level: None)
    done = CliRunner().invoke(app, ["portefeuille", "w.csv", "uit.csv"])
    assert done.exit_code == 3
    assert "Geef dit nummer door" in " ".join(done.stderr.split())
    assert "7319" not in done.output + done.stderr


def test_no_cell_is_shown_on_the_terminal(tmp_path: Path) -> None:
    rows = [rij("W1", p1_inkomen_opgave="48.391"), rij("W2", Kale_huur="geheim-7319")]
    write_csv(tmp_path / "w.csv", rows)
    done = run("w.csv", "uit.csv", "--peildatum", "2026-03-01", cwd=tmp_path)
    assert b"48.391" not in done.stderr + done.stdout
    assert b"geheim" not in done.stderr + done.stdout


def test_a_terminal_sees_how_many_of_how_many_rows_are_done() -> None:
    seen = io.StringIO()
    with opdrachtregel._progress(Console(file=seen, force_terminal=True, width=80)) as heard:
        heard("tellen", 4, 0)
        heard("rekenen", 3, 10)
    assert "4/?" in seen.getvalue(), "hoeveel rijen er zijn, is dan nog niet bekend"
    assert "3/10" in seen.getvalue()


# a full disk

NO_ROOM = "No space left on device (os error 28)"


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("service.portefeuille.schrijven.Csv.write", OSError(errno.ENOSPC, "No space left on device")),
        ("service.portefeuille.schrijven.Parquet.close", pl.exceptions.ComputeError(NO_ROOM)),
        ("service.portefeuille.werkboek.Werkboek.close", RuntimeError(f"IO error: {NO_ROOM}")),
        ("os.fsync", OSError(errno.EDQUOT, "Disk quota exceeded")),
    ],
)  # fmt: skip
def test_a_full_disk_is_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, error: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(where, full)
    with pytest.raises(PortefeuilleFout, match="De schijf is vol"):
        draai_bestand(write_csv(tmp_path / "w.csv", [rij()]), besluiten=("huurklasse",))
    assert [path.name for path in tmp_path.iterdir()] == ["w.csv"]


def test_an_error_that_is_no_full_disk_stays_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", wrong)
    with pytest.raises(OSError, match="Input/output"):
        draai_bestand(write_csv(tmp_path / "w.csv", [rij()]), besluiten=("huurklasse",))
    assert [path.name for path in tmp_path.iterdir()] == ["w.csv"]


def test_what_a_run_that_still_goes_on_makes_is_left_alone(tmp_path: Path) -> None:
    with private_folder(tmp_path) as busy, private_folder(tmp_path):
        assert busy.exists()
    (tmp_path / "huurtoets-1-1-van_een_ander_programma").mkdir()
    (tmp_path / "huurtoets-notities").mkdir()
    with private_folder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["huurtoets-notities"]
