"""A copy of the work tree to change things in, and running tests there."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

HUIS = Path(__file__).resolve().parents[2]
PYTHON = HUIS / ".venv" / "bin" / "python"
SPOREN = Path(__file__).resolve().parent / "sporen"
TE_LANG = 124


def kopie(doel: Path) -> Path:
    """What is committed, in ``doel``, with the built style beside it; what was there before goes."""
    shutil.rmtree(doel, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", HUIS, doel], check=True)
    shutil.copytree(HUIS / "web" / "static" / "bouw", doel / "web" / "static" / "bouw", dirs_exist_ok=True)
    (doel / "node_modules").symlink_to(HUIS / "node_modules")
    return doel


def pytest(boom: Path, argumenten: Sequence[str], seconden: float, **omgeving: str) -> int:
    """The exit code of pytest in ``boom``; :data:`TE_LANG` when it took longer, with all that it started ended."""
    for built in (boom / "web" / "static" / "bouw").iterdir():  # newer than any change, so that nobody builds it anew
        os.utime(built)
    _failed(boom).write_text("", "utf-8")
    run = subprocess.Popen(
        [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.mutanten.vallen", *argumenten],
        cwd=boom,
        env={**_environment(boom), **omgeving},
        stdout=(boom.parent / f"{boom.name}.uit").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return run.wait(seconden)
    except subprocess.TimeoutExpired:
        return TE_LANG
    finally:
        _end_group(run.pid)
        run.wait()


def gevallen(boom: Path) -> list[str]:
    """What failed in the last run in ``boom``: the names of tests, and of files that could not be read."""
    return _failed(boom).read_text("utf-8").splitlines()


def _failed(boom: Path) -> Path:
    return boom.parent / f"{boom.name}.gevallen"


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(boom: Path) -> Mapping[str, str]:
    # before the installed tree, which is the one that was copied; no compiled file may outlive its source
    path = f"{boom}{os.pathsep}{SPOREN}"
    return {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(_own(boom)),
        "MUTANTEN_GEVALLEN": str(_failed(boom)),
    }


def _own(boom: Path) -> Path:
    folder = boom.parent / f"{boom.name}.tmp"
    folder.mkdir(exist_ok=True)
    return folder
