"""Every file that went wrong, or may, on the page: its answer is a page, and nothing of it is left."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.hulp.bestanden import GEVALLEN, NAMEN, WONINGEN, csv_text
from tests.web.pagina import read_page
from tests.web.test_portefeuille import HTML, _form, _left, _upload, _wait, client, place

__all__ = ["client", "place"]


def _judged(client: TestClient, content: bytes, name: str, **chosen: str) -> tuple[int, str]:
    """The status and text of the trial run of a file, or of what refused it."""
    answer = _upload(client, content, name)
    if answer.status_code != 200:
        return answer.status_code, answer.text
    form = _form(read_page(answer.text), "/koppeling") | {"soort": "huurder"} | chosen
    again = client.post(f"{answer.url.path}/koppeling", data=form, headers=HTML)
    text = again.text if again.status_code != 200 else _wait(client, answer.url.path).text
    client.post(f"{answer.url.path}/wissen")
    return again.status_code, text


@pytest.mark.parametrize(
    "naam", [naam for naam in GEVALLEN if not naam.startswith(("een-tekst", "liegt", "quote-niet-dicht-ver"))]
)
def test_a_file_on_the_page_is_read_right_or_refused_in_a_sentence(
    client: TestClient, place: Path, tmp_path_factory: pytest.TempPathFactory, naam: str
) -> None:
    geval = GEVALLEN[naam]
    source = tmp_path_factory.mktemp("bron") / naam
    geval.maak(source)
    if source.stat().st_size > 200_000:
        pytest.skip("groter dan deze dienst aanneemt")
    status, text = _judged(client, source.read_bytes(), naam)
    assert status in (200, 400)
    if geval.telt is not None:
        read, accepted, rejected, _ = geval.telt
        for what, number in (("Gelezen", read), ("Aangenomen", accepted), ("Afgewezen", rejected)):
            assert f"{what} {number}" in " ".join(text.split())
    else:
        assert "Koppel" in text or "bestand" in text or "rij" in text or "regel" in text
    assert _left(place) == []


@pytest.mark.parametrize(
    ("koppeling", "said"),
    [(b"", "De koppeling is niet goed"), (b"woningen:\n  VHE-nummer: verwijzing\n" + b"#" * 200_000, "te groot")],
)
def test_a_koppeling_that_was_offered_is_never_left_out(
    client: TestClient, place: Path, koppeling: bytes, said: str
) -> None:
    answer = _upload(client, csv_text([NAMEN, *WONINGEN]).encode(), koppeling=("k.yaml", koppeling))
    assert answer.status_code == 400
    assert said in answer.text
    assert _left(place) == []


def test_a_column_that_looks_like_a_rent_is_a_question_that_must_be_answered(client: TestClient) -> None:
    content = csv_text([("VHE-nummer", "Netto huur"), ("W1", "600,00")]).encode()
    first = read_page(_upload(client, content).text)
    assert _form(first, "/koppeling")["woningen.1"] == "kiezen"
    status, text = _judged(client, content, "w.csv")
    assert status == 400
    assert "Kies eerst wat er in deze kolommen staat" in text
    assert _judged(client, content, "w.csv", **{"woningen.1": "negeren"})[0] == 200
    assert _judged(client, content, "w.csv", **{"woningen.1": "woning_kale_huur"})[0] == 200


def test_a_full_disk_is_a_sentence_on_the_page(
    client: TestClient, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.portefeuille.taakmap.shutil.copyfileobj", full)
    answer = _upload(client, b"VHE-nummer;Kale huur\n1;2\n")
    assert answer.status_code == 400
    assert "De schijf is vol" in answer.text
    assert _left(place) == []
