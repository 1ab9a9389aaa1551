"""What docs/beveiliging.md claims and no other test shows; and that each line there names a test that exists."""

import ast
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.pagina import read_page

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "beveiliging.md"
ADDRESSES = [
    "/",
    "/huurder",
    "/over",
    "/portefeuille",
    "/gezond",
    "/v1/regelsets",
    "/v1/openapi.json",
    "/static/invoer.js",
    "/x",
]
HTML = {"accept": "text/html"}


def _rows() -> list[list[str]]:
    lines = [
        line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+\.\d+\.\d+ \|", line)
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_a_line_about_an_item_names_a_test_that_exists_or_whose_work_it_is(row: list[str]) -> None:
    number, level, claim, proof = row
    assert level in ("1", "2"), number
    assert claim, number
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", proof)
    assert named or proof.startswith(("Operator:", "Document:")), number
    for path, test in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (
            f"{number}: {path}::{test}"
        )


def test_no_item_stands_there_twice_and_they_are_in_order() -> None:
    numbers = [tuple(map(int, row[0].split("."))) for row in _rows()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 50


def test_the_document_names_the_tests_that_read_hostile_files() -> None:
    """A test about files that is new has a claim to stand beside."""
    named = {path for row in _rows() for path, _ in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[3])}
    about = ["apart", "drukte", "portefeuille_bestanden", "portefeuille_groot", "portefeuille_verminkt", "vijandig"]
    assert {f"tests/service/test_{name}.py" for name in about} <= named


def test_a_file_that_the_document_names_exists() -> None:
    paths = set(re.findall(r"`((?:service|web|regels|tests)/[\w/]+\.\w+)", DOCUMENT.read_text(encoding="utf-8")))
    assert len(paths) > 20
    assert [path for path in sorted(paths) if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_closes_what_a_browser_could_do_with_it(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = [part.strip() for part in headers["content-security-policy"].split(";")]
    assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["content-type"].startswith(
        ("text/html; charset=utf-8", "text/javascript; charset=utf-8", "application/")
    )
    assert "set-cookie" not in headers
    assert "server" not in headers
    assert headers.get("access-control-allow-origin") == ("*" if address == "/v1/openapi.json" else None)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("address", ["/huurder", "/papieren/overzicht", "/portefeuille", "/v1/toetsen"])
def test_a_form_of_another_website_is_refused(client: TestClient, site: str, address: str) -> None:
    answer = client.post(address, headers=HTML | {"sec-fetch-site": site})
    assert answer.status_code == 403
    if not address.startswith("/v1"):
        assert "andere website" in read_page(answer.text).one("main").text


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}])
def test_a_form_of_the_service_and_what_is_no_browser_are_let_in(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/huurder", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_a_method_that_has_no_use_is_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/huurder").status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/static/", "/static", "/docs", "/redoc", "/.git/config", "/static/../poort.py",
     "/static/%2e%2e/%2e%2e/pyproject.toml",
     "/static/..%2f..%2fservice/app.py", "/metrics", "/debug"],
)  # fmt: skip
def test_nothing_is_served_that_was_not_meant_to_be(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_redirect_leads_to_a_page_of_the_service(client: TestClient) -> None:
    headers = {"x-original-url": "https://evil.example/", "referer": "https://evil.example/"}
    answer = client.post("/portefeuille/x/wissen", follow_redirects=False, headers=headers)
    assert answer.status_code in (303, 404)
    assert answer.headers.get("location", "/").startswith("/")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '" onfocus="x', "{{7*7}}", "%{x}", "javascript:alert(1)"]
)
def test_what_was_typed_comes_back_as_text(client: TestClient, text: str) -> None:
    answer = client.post("/huurder", data={"woning.kaleHuur": text}, headers=HTML)
    assert answer.status_code == 400
    page = read_page(answer.text)
    assert page.one("input", name="woning.kaleHuur").attributes["value"] == text
    assert not [script for script in page.all("script") if script.text.strip()]


def test_a_query_that_names_a_field_twice_takes_both_and_a_form_refuses_it(client: TestClient) -> None:
    twice = client.post("/v1/toetsen?besluiten=huurtoeslag&besluiten=daeb-doelgroep", json={})
    assert len(twice.json()["conclusies"]) == 2
    form = client.post(
        "/huurder", content=b"vermogen=1&vermogen=2", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert form.status_code == 400
