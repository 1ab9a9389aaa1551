"""The pages of whom a draft touches: what is refused, what comes out, and that nothing is kept."""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.toegang.rechten import Rol
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.beleidsets import PROEF
from tests.hulp.effecten import FILES, HOMES, KOPPELING, POLICY, decided

DAYS = {"dag_oud": "1 juli 2026", "dag_nieuw": "1-7-2026"}
PAGE = "/beheer/concepten/besluit/effect"


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kamer]:
    """A draft in which the made-up landlord decided, on rules in which it had not."""
    with pytest.MonkeyPatch.context() as patch:
        tasks = tmp_path_factory.mktemp("taken")
        patch.setenv("TMPDIR", str(tasks))
        patch.setattr("tempfile.tempdir", str(tasks))
        made = kamer_in(tmp_path_factory.mktemp("kamer"), FILES)
        huis = made.huis
        huis.concepten.begin(huis.invoerder, "besluit", "Proef")
        huis.concepten.wijzig(huis.invoerder, "besluit", lambda files: {**files, POLICY: decided("3").encode()})
        yield made


def finished(client: TestClient, address: str) -> str:
    """The page when it is done."""
    until = time.monotonic() + 120
    while "http-equiv" in (text := client.get(address).text):
        assert time.monotonic() < until
        time.sleep(0.3)
    return text.replace("\xa0", " ")


def test_the_days_of_the_round_are_filled_in(kamer: Kamer) -> None:
    text = kamer.keurder.get(PAGE).text
    assert 'name="dag_oud" value="1-7-2026"' in text and 'name="dag_nieuw" value="1-7-2026"' in text
    assert f'<option value="{PROEF}">' in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"dag_oud": "32-1-2026", "dag_nieuw": "1-7-2026"}, "Een dag is niet te lezen."),
        (DAYS | {"wie": "eigen"}, "Kies het bestand met de woningen"),
        (DAYS | {"ook": ["besluit", "besluit", "besluit", "besluit"]}, "ten hoogste 4 varianten"),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_days_stay(
    kamer: Kamer, given: dict[str, str | list[str]], said: str
) -> None:
    answer = kamer.keurder.post(PAGE, data=given, files={"koppeling": ("", b"")})
    assert answer.status_code == 400 and said in answer.text
    assert f'value="{given["dag_oud"]}"' in answer.text


def test_a_policy_that_does_not_load_is_refused_with_what_is_wrong(kamer: Kamer) -> None:
    files = {"beleid": ("stuk.yaml", b"status: vastgesteld\n")}
    answer = kamer.keurder.post(PAGE, data=DAYS | {"verhuurder": PROEF, "ronde": "2026"}, files=files)
    assert answer.status_code == 400 and "proef/beleid/2026.yaml" in answer.text


def test_an_own_file_with_another_policy_beside_it_is_computed_and_not_kept(kamer: Kamer) -> None:
    client = kamer.keurder
    given = DAYS | {"wie": "eigen", "verhuurder": PROEF, "ronde": "2026"}
    files = [
        ("woningen", ("woningen.csv", HOMES)),
        ("koppeling", ("koppeling.yaml", KOPPELING)),
        ("beleid", ("lager.yaml", decided("1").encode())),
    ]
    answer = client.post(PAGE, data=given, files=files)
    assert answer.status_code == 303
    address = answer.headers["location"]
    text = finished(client, address)
    # seven homes of 600 euro get 3%, and by the other policy 1%; one row names no landlord that there is
    assert "Voor 7 van de 7 huishoudens" in text and "niet te gebruiken waren: 1" in text
    assert "beleid lager" in text
    assert "van € 600,00 naar € 618,00" in text and "van € 600,00 naar € 606,00" in text
    assert "llustrati" not in text

    left = [
        path for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file() and b"600,00;ja" in path.read_bytes()
    ]
    assert left == []
    assert client.get(address.replace("besluit", "ander")).status_code == 404
    assert client.post(f"{address}/wissen").status_code == 303
    assert client.get(address).status_code == 404


def test_the_illustrative_households_are_called_so(kamer: Kamer) -> None:
    client = kamer.keurder
    answer = client.post(PAGE, data=DAYS, files={"koppeling": ("", b"")})
    text = finished(client, answer.headers["location"])
    assert "illustratieve huishoudens" in text and "geen echte" not in text
    assert "Lees alleen de richting en de orde van grootte." in text
    assert re.search(r"C6 .*: 1\d,\d \(klopt niet: 6,0 tot 9,0 %\)", text)  # what fails is said
    assert "Voor deze huishoudens komt er niets anders uit." in text  # none of them rents from the made-up landlord


def test_who_may_not_look_at_rules_computes_nothing(kamer: Kamer) -> None:
    client = kamer.als(Rol.CONSULENT)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data=DAYS).status_code == 403
