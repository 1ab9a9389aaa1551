"""The theme of an organisation, and the lock of the packages that the style is built from."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.basis.instellingen import Instellingen
from tests.hulp.geladen import PAKKET
from tests.web.pagina import read_page
from web.raamwerk.sjablonen import ThemaFout

ROOT = Path(__file__).resolve().parents[2]


def sheets(client: TestClient) -> list[str]:
    return [e.attributes["href"] for e in read_page(client.get("/").text).all("link", rel="stylesheet")]


def test_the_theme_of_an_organisation_is_served_after_the_own_style(tmp_path: Path) -> None:
    own = tmp_path / "thema.css"
    own.write_text(":root { --blauw: #003300; }", encoding="utf-8")
    with TestClient(create_app(PAKKET, Instellingen(thema=own)), base_url="http://127.0.0.1") as client:
        last = sheets(client)[-1]
        answer = client.get(last)
        assert answer.text == ":root { --blauw: #003300; }"
        assert answer.headers["content-type"].startswith("text/css")


def test_without_a_theme_there_is_no_sheet_for_it() -> None:
    with TestClient(create_app(PAKKET, Instellingen(thema=None)), base_url="http://127.0.0.1") as client:
        assert not [sheet for sheet in sheets(client) if "thema" in sheet]
        assert client.get("/static/thema.css").status_code == 404


def test_a_theme_that_is_not_there_stops_the_start_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(ThemaFout, match="HUURTOETS_THEMA"):
        create_app(PAKKET, Instellingen(thema=tmp_path / "weg.css"))


def test_the_lock_names_no_address_and_has_a_hash_for_each_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    own = packages.pop("")
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
    assert all(version[0].isdigit() for version in own["devDependencies"].values())
