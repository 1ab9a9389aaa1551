"""An answer of an old revision is computed again: the same bytes, whatever was published since."""

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.basis.vankracht import VanKracht
from service.opslag.opslag import Opslag
from tests.hulp.beheer import Huis, furnish
from tests.hulp.oud import Oud, kept

CHANGED = (
    "dit antwoord is niet meer dat van toen. Verhoog FORMAAT in regels/formaat.py en schrijf de stap, of houd het oude "
    "antwoord; alleen van een versie die nog niet is uitgebracht: python -m tests.hulp.oud"
)


def _begin(opslag: Opslag, old: Oud, monkeypatch: pytest.MonkeyPatch) -> Huis:
    """A house of which revision 0 is ``old``, with another revision in force."""
    with monkeypatch.context() as then:
        then.setattr("service.beheer.pakket.FORMAAT", old.formaat)
        huis = furnish(opslag, dict(old.bestanden))
    begun = huis.concepten.begin(huis.invoerder, "later", "Een zin anders")
    files = dict(old.bestanden)
    place = "landelijk/huurtoeslag.yaml"
    files[place] = files[place].replace(b"    vraag: ", b"    vraag: Nu anders, ", 1)
    huis.concepten.bewaar(huis.invoerder, "later", files, begun.opgeslagen)
    huis.approve("later")
    huis.publicatie.publiceer(huis.invoerder, "later")
    return huis


def test_every_version_that_was_released_is_kept() -> None:
    assert {"2026.5", "2026.6", "2026.7"} <= {old.versie for old in kept()}


@pytest.mark.parametrize("old", kept(), ids=lambda old: old.versie)
def test_every_version_there_is_gives_its_old_answers_again(
    opslag: Opslag, old: Oud, monkeypatch: pytest.MonkeyPatch
) -> None:
    huis = _begin(opslag, old, monkeypatch)
    van_kracht = VanKracht(huis.revisies.laad(1), huis.revisies)
    with TestClient(create_app(van_kracht), base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)) as client:
        assert old.antwoorden
        for question, answer in old.antwoorden:
            again = client.post("/v1/toetsen?regelset=0", json=question)
            assert again.content == answer, CHANGED
            now = client.post("/v1/toetsen", json=question)
            assert now.json()["regelset"]["revisie"] == "1"
            assert now.content != answer
