"""The papers in the whole service: nothing of a household or a reference is in the log, also not when it goes wrong."""

import json

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from web.papieren.zetterij import Zetterij

REFERENCE = "ZAAK-98765432"
ASKED = {"soort": "huurder", "woning.kaleHuur": "987,65", "kenmerk": REFERENCE}


@pytest.mark.parametrize("address", ["/papieren/overzicht", "/papieren/dossier", "/papieren/dossier/afdrukken"])
def test_the_log_has_no_reference_and_no_value(client: TestClient, address: str) -> None:
    with capture_logs() as logs:
        answer = client.post(address, data=ASKED)
    assert answer.status_code == 200
    assert [entry["route"] for entry in logs] == [address]
    text = json.dumps(logs) + str(answer.headers)
    assert REFERENCE not in text
    assert "987" not in text
    assert answer.headers["cache-control"] == "no-store"


def test_a_defect_of_the_typesetter_is_an_incident_without_the_paper(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Zetterij, papier: object, gemaakt: object) -> bytes:
        raise RuntimeError(repr(papier))

    monkeypatch.setattr(Zetterij, "set_paper", broken)
    with capture_logs() as logs:
        answer = client.post("/papieren/overzicht", data=ASKED, headers={"accept": "text/html"})
    assert answer.status_code == 500
    (incident,) = [entry["incident"] for entry in logs if "incident" in entry]
    assert incident in answer.text
    assert REFERENCE not in json.dumps(logs) + answer.text


def test_a_paper_is_not_fetched_by_its_address(client: TestClient) -> None:
    assert client.get("/papieren/overzicht", params=ASKED).status_code == 405
