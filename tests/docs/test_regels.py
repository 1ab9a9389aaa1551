"""``docs/regels/`` says what the rule files say: no page is stale, missing or superfluous."""

import importlib.util
from pathlib import Path

from tests.hulp.geladen import PAKKET

DOCS = Path(__file__).parents[2] / "docs"


def _made() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("maak_regels", DOCS / "maak_regels.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages(PAKKET)
    return pages


def test_the_pages_are_those_of_the_rule_files() -> None:
    made = _made()
    written = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "regels").glob("*.md")}
    assert sorted(written) == sorted(made), "voer make docs uit"
    assert [name for name in made if written[name] != made[name]] == [], "voer make docs uit"


def test_every_decision_has_a_page() -> None:
    assert set(_made()) == {"README.md", *(f"{name}.md" for name in PAKKET.besluiten)}
