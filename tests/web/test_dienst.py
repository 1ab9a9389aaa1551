"""The pages inside the service: its headers, its limits, and what a defect looks like."""

import logging

import pytest
from fastapi.testclient import TestClient

from regels.toets import LezersVerschil
from service.app import create_app
from tests.hulp.geladen import PAKKET
from tests.web.pagina import read_page

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def service():
    with TestClient(create_app(PAKKET), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def test_a_difference_between_the_readers_is_an_incident_and_no_answer(service, monkeypatch, caplog) -> None:
    def differ(vraag):
        raise LezersVerschil("huurtoeslag", ["recht-op-huurtoeslag"], ["geen-recht"])

    monkeypatch.setattr("web.formulier.invoer.toets", differ)
    with caplog.at_level(logging.DEBUG):
        answer = service.post("/", data={"vermogen": "73.123"}, headers=HTML)
    assert answer.status_code == 500
    page = read_page(answer.text)
    assert page.one("h1").text == "Er ging iets mis"
    assert not list(page.all("article"))
    assert "73123" not in caplog.text
    assert "73.123" not in caplog.text + answer.text


def test_a_page_that_does_not_exist_is_a_plain_page(service) -> None:
    answer = service.get("/bestaat-niet", headers=HTML)
    assert answer.status_code == 404
    page = read_page(answer.text).one("main")
    assert page.one("h1").text == "Deze pagina is er niet"
    assert {"/", "/agenda", "/over"} <= {link.attributes["href"] for link in page.all("a")}


def test_an_address_that_is_only_posted_to_leads_on_and_says_no_word_of_methods(service) -> None:
    answer = service.get("/wat-als", headers=HTML)
    assert answer.status_code == 405
    page = read_page(answer.text).one("main")
    assert "nadat u iets hebt ingevuld" in page.text and "ethode" not in page.text
    links = {link.attributes["href"] for link in page.all("a")}
    assert {"/", "/agenda", "/over"} <= links
    assert all(service.get(link, headers=HTML).status_code == 200 for link in links)


def test_the_pages_are_not_kept_and_allow_nothing_inline(service) -> None:
    for answer in (service.get("/"), service.post("/", data={"vermogen": "1"})):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_what_the_page_loads_is_there(service) -> None:
    page = read_page(service.get("/").text)
    for link in page.all("link"):
        assert service.get(link.attributes["href"]).status_code == 200


def test_too_many_fields_are_refused_with_a_page(service) -> None:
    answer = service.post("/", data={f"veld{index}": "x" for index in range(2_000)}, headers=HTML)
    assert answer.status_code == 400
    assert read_page(answer.text).one("h1").text


def test_a_file_is_refused(service) -> None:
    answer = service.post("/", files={"vermogen": ("x.txt", b"1")}, headers=HTML)
    assert answer.status_code == 400
