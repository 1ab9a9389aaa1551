"""The documents say what the product has: commands, settings, language, and links that lead somewhere."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from regels.eenheden import UNITS
from regels.typen import FUNCTIONS, ROUNDING, SAME_TYPE
from service.basis.instellingen import Instellingen
from service.opdracht.commando import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PNG_AT_MOST = 300_000


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(command: object, path: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for name, child in command.commands.items():
            yield from _commands(child, f"{path} {name}")
    elif isinstance(command, TyperCommand):
        yield path, command


COMMANDS = dict(_commands(typer.main.get_command(app), "huurtoets"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_line(name: str) -> None:
    lines = [line for line in _text("docs/beheer.md").splitlines() if f"`{name}`" in line]
    assert lines, f"docs/beheer.md zegt niets over '{name}'"
    options = [
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, TyperOption)
        for option in parameter.opts
        if option != "--help"
    ]
    assert [option for option in options if option not in lines[0]] == []


@pytest.mark.parametrize("name", Instellingen.model_fields)
def test_every_setting_has_a_line_with_its_default(name: str) -> None:
    prefix = Instellingen.model_config.get("env_prefix", "")
    lines = [line for line in _text("docs/beheer.md").splitlines() if f"`{prefix}{name}`".upper() in line]
    assert lines, f"docs/beheer.md zegt niets over {prefix}{name.upper()}"
    default = Instellingen.model_fields[name].default
    assert ("| none |" if default is None else f"`{default}`") in lines[0]


def test_every_function_and_unit_of_the_language_is_in_the_design() -> None:
    text = _text("docs/ontwerp.md")
    words = [*FUNCTIONS, *ROUNDING, *SAME_TYPE, "op", "bekend", *(set(UNITS) - {"ja/nee", "datum"})]
    assert [word for word in words if f"`{word}`" not in text and f"`{word}(" not in text] == []


def test_the_readme_names_the_two_commands() -> None:
    text = _text("README.md")
    assert "make start" in text
    assert "make test" in text


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^(?:\$\(VENV\)/)?([a-z.]+):", _text("Makefile"), re.MULTILINE))
    for path in DOCUMENTS:
        named = set(re.findall(r"make (\.?[a-z]+)(?=[`\s])(?! sure)", _code_of(path)))
        assert named <= targets, path.name


def _code_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`[^`\n]+`", text))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    for target, _, anchor in (link.partition("#") for link in links if "://" not in link):
        found = path if not target else (path.parent / target)
        assert found.exists(), f"{path.name}: {target}"
        if anchor:
            assert anchor in _anchors(found), f"{path.name}: {target}#{anchor}"


def _anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("name", ["antwoord", "document"])
def test_a_picture_is_small_and_shown(name: str) -> None:
    assert 0 < (ROOT / f"docs/beeld/{name}.png").stat().st_size < PNG_AT_MOST
    assert f"docs/beeld/{name}.png" in _text("README.md")


def test_the_licence_is_the_whole_eupl() -> None:
    text = _text("LICENSE")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text.splitlines()[0]
    articles = re.findall(r"^ +(\d+)\. [A-Z]", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("EUPL version.")


@pytest.mark.parametrize("name", ["basis", "ontwikkeling"])
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    packages = re.split(r"\n(?=\S)", _text(f"requirements/{name}.txt").strip())
    for package in packages:
        assert re.match(r"[a-z0-9._\[\]-]+==\S+", package), package.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package.splitlines()[0]


def _tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("dit is geen werkmap van git")
    return [ROOT / name for name in listed.decode().split("\0") if name]


# in pieces, so that this file does not hold them itself
_FORBIDDEN = [
    r"(?<![\w.])/" + "work" + r"\b",
    r"\.\./" + "shared",
    r"/root" + "/",
    "pypi" + r"\.",
    "python" + "hosted",
    "npm" + "js",
    "registry" + r"\.",
    "index-" + "url",
    "issues" + " show",
]


def test_no_file_names_a_machine_or_an_index() -> None:
    pattern = re.compile("|".join(_FORBIDDEN), re.IGNORECASE)
    found = []
    for path in _tracked():
        if path.suffix == ".png" or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match[0]}")
    assert found == []
