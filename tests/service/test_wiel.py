"""The wheel and the source distribution hold everything: they work where there is no repository and no Node."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlencode

import pytest
from packaging.requirements import Requirement

from tests.hulp.dienst import dienst

ROOT = Path(__file__).parents[2]
# what building asks for; the rest of the repository may be missing
PARTS = ("regels", "service", "web", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "requirements")
NODE = ("package.json", "package-lock.json", ".npmrc")
HOUSEHOLD = {"peildatum": "2026-03-01", "soort": "huurder", "woning": {"kaleHuur": 650}}
TABLE = "verwijzing;soort;kale_huur;zelfstandig;energielabel\nA1;huurder;650,00;ja;C\nA2;huurder;812,40;ja;E\n"


def _run(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done


def _wheel(source: Path, into: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-index", "--no-deps"]
    _run(*pip, "--wheel-dir", str(into), str(source), cwd=into.parent)
    (made,) = into.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def gemaakt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel of a clean copy, a source distribution of it, and the wheel of that."""
    tmp = tmp_path_factory.mktemp("wiel")
    copy = tmp / "bron"
    copy.mkdir()
    skip = shutil.ignore_patterns("__pycache__", "bouw")
    for name in (*PARTS, *NODE):
        source = ROOT / name
        shutil.copytree(source, copy / name, ignore=skip) if source.is_dir() else shutil.copy2(source, copy / name)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    assert not (copy / "web/static/bouw").exists()
    wheel = _wheel(copy, tmp / "wiel")
    code = f"import haak; print(haak.build_sdist({str(tmp)!r}))"
    name = _run(sys.executable, "-c", code, cwd=copy, PYTHONPATH="web/stijl").stdout.split()[-1]
    shutil.unpack_archive(tmp / name, tmp / "uit", filter="data")
    (unpacked,) = (tmp / "uit").iterdir()
    for node in NODE:
        (unpacked / node).unlink()  # nothing can be built from the style any more
    return {"wiel": wheel, "uit": unpacked, "wiel_uit_bron": _wheel(unpacked, tmp / "wiel2")}


@pytest.fixture(scope="module")
def leeg(gemaakt: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what the product runs on, and nothing else."""
    folder = tmp_path_factory.mktemp("leeg")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    here = Path(sysconfig.get_path("purelib"))
    for part in _needed():
        if not (packages / part).exists():
            (packages / part).symlink_to(here / part)
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", "--no-index", "--no-deps"]
    _run(*pip, str(gemaakt["wiel"]), cwd=folder)
    return folder


def _needed() -> set[str]:
    """The first folder or file of all that is in the lock of the product."""
    text = (ROOT / "requirements/basis.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found: set[str] = set()
    for line in text.splitlines():
        wanted = Requirement(re.split(r"\s+--hash", line)[0])
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            files = distribution(wanted.name).files or []
        except PackageNotFoundError:
            pytest.fail(f"{wanted.name} of requirements/basis.txt is not installed")
        found |= {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}
    return found


def _names(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_module_text_and_built_file_and_nothing_else(gemaakt: dict[str, Path]) -> None:
    names = set(_names(gemaakt["wiel"]))
    assert {"web/static/bouw/huurtoets.css", "web/static/bouw/htmx.js", "regels/taal.lark"} <= names
    kinds = ("*.py", "*.yaml", "*.html", "*.typ", "*.js", "*.svg", "*.lark")
    wanted = {
        str(path.relative_to(ROOT))
        for top in ("regels", "service", "web")
        for kind in kinds
        for path in (ROOT / top).rglob(kind)
        if "bouw" not in path.parts and "stijl" not in path.parts
    }
    assert wanted <= names
    assert {name for name in names - wanted if not name.startswith("web/static/bouw/")} == set()


def test_the_source_distribution_gives_the_same_wheel_without_node(gemaakt: dict[str, Path]) -> None:
    assert _names(gemaakt["wiel_uit_bron"]) == _names(gemaakt["wiel"])
    for name in ("web/stijl/bouw.mjs", "web/stijl/huurtoets.css", "requirements/ontwikkeling.txt"):
        assert (gemaakt["uit"] / name).exists()


def test_every_command_works_from_the_wheel(leeg: Path, tmp_path: Path) -> None:
    only = {"PATH": str(leeg / "bin"), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": ""}
    command = str(leeg / "bin/huurtoets")
    where = _run(str(leeg / "bin/python"), "-c", "import regels; print(regels.__file__)", cwd=tmp_path, **only)
    assert where.stdout.startswith(str(leeg))
    (tmp_path / "vraag.json").write_text(json.dumps(HOUSEHOLD))
    (tmp_path / "woningen.csv").write_text(TABLE)
    answer = _run(command, "toets", "--json", "vraag.json", cwd=tmp_path, **only)
    assert json.loads(answer.stdout)["peildatum"] == "2026-03-01"
    assert "is in orde" in _run(command, "regels", "controleer", "--zonder-bewijs", cwd=tmp_path, **only).stdout
    assert "grootheid rekenhuur" in _run(command, "regels", "toon", "rekenhuur", cwd=tmp_path, **only).stdout
    own = only | {"HUURTOETS_GEGEVENSMAP": str(tmp_path / "gegevens")}
    assert "is gemaakt" in _run(command, "database", "maak", cwd=tmp_path, **own).stdout
    assert "is in orde" in _run(command, "database", "controleer", cwd=tmp_path, **own).stdout
    made = ["portefeuille", "woningen.csv", "uit.xlsx", "--peildatum", "2026-03-01"]
    _run(command, *made, cwd=tmp_path, **only)
    assert zipfile.is_zipfile(tmp_path / "uit.xlsx")


def test_every_page_and_paper_works_from_the_wheel(leeg: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(leeg / "bin"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    form = urlencode({"soort": "huurder", "woning.kaleHuur": "650,00", "peildatum": "1-3-2026"}).encode()
    kind = {"content_type": "application/x-www-form-urlencoded"}
    with dienst(tmp_path, python=str(leeg / "bin/python")) as service:
        entrances = set(re.findall(r'href="(/[a-z-]+)"', service.get("/")[1].decode()))
        assert len(entrances) >= 4
        assert json.loads(service.get("/gereed")[1])["opslag"] == "goed"
        for path in ("/gereed", "/", "/portefeuille", "/over", *entrances):
            status, body = service.get(path)
            assert status == 200, (path, body[:200])
        _, page = service.get("/huurder")
        files = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
        assert len(files) >= 3
        for file in files:
            assert service.get(file.decode())[0] == 200, file
        for path in ("/huurder", "/huurder/antwoord"):
            assert service.get(path, "POST", form, **kind)[0] == 200
        for paper in ("overzicht", "dossier"):
            status, body = service.get(f"/papieren/{paper}", "POST", form, **kind)
            assert (status, body[:5]) == (200, b"%PDF-")
        json_kind = {"content_type": "application/json"}
        assert service.get("/v1/toetsen", "POST", json.dumps(HOUSEHOLD).encode(), **json_kind)[0] == 200
        assert service.get("/v1/openapi.json")[0] == 200
