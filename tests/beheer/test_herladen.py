"""A running service takes the newest revision by itself: each answer is of one of them, and none is lost on the way."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels import toets
from regels.bron import bewaard, pakketbestanden
from service.basis.instellingen import Instellingen
from service.basis.vankracht import VanKracht
from service.beheer import herladen
from service.beheer.begin import begin
from service.beheer.beheerfouten import Veranderd
from service.beheer.herladen import Herlader
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import GeenOpslag
from service.opslag.sleutels import make_key
from tests.beheer.test_revisies import without_guard
from tests.hulp.beheer import KLEIN, Huis, furnish, limit_of
from tests.hulp.dienst import Dienst, dienst
from tests.hulp.vragen import GEWOON

VANDAAG = date(2026, 3, 1)
VRAAG = GEWOON | {"peildatum": "2026-03-01"}


@pytest.fixture
def huis(opslag: Opslag) -> Huis:
    return furnish(opslag)


def settings_of(opslag: Opslag) -> dict[str, object]:
    found: dict[str, object] = {"gegevensmap": opslag.map_.map_}
    return found | ({"database_url": opslag.url} if opslag.url is not None else {})


def begun(opslag: Opslag) -> tuple[VanKracht, Herlader, list[str]]:
    """A process that began, what keeps it at the newest revision, and why it was stopped."""
    regels, revisies = begin(Instellingen(), opslag, dienst=False)
    assert revisies is not None
    stopped: list[str] = []
    van_kracht = VanKracht(regels, revisies)
    return van_kracht, Herlader(van_kracht, revisies, lambda: VANDAAG, stopped.append), stopped


def test_a_newer_revision_comes_into_force_and_is_said(huis: Huis, capsys: pytest.CaptureFixture[str]) -> None:
    van_kracht, herlader, _ = begun(huis.opslag)
    before = van_kracht.nu
    herlader.kijk()
    assert van_kracht.nu is before
    huis.publish("hoger", 1200)
    capsys.readouterr()
    herlader.kijk()
    assert (van_kracht.nu.revisie, limit_of(van_kracht.nu)) == ("1", 1200)
    assert "geladen=True" in capsys.readouterr().out
    assert van_kracht.met("0") is before
    huis.publish("nog-hoger", 1300)
    huis.publish("hoogst", 1400)
    herlader.kijk()
    assert (van_kracht.nu.revisie, limit_of(van_kracht.nu)) == ("3", 1400)
    assert limit_of(van_kracht.met("2")) == 1300


def test_a_revision_that_does_not_load_is_refused_and_the_old_one_stays(
    huis: Huis, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    van_kracht, herlader, stopped = begun(huis.opslag)
    huis.publish("hoger", 1200)
    monkeypatch.setattr(herladen, "bewaard", lambda *_: bewaard({"versie.yaml": b"versi: 'x'"}, "1"))
    herlader.kijk()
    assert van_kracht.nu.revisie == "0"
    assert "geladen=False" in capsys.readouterr().out
    monkeypatch.undo()
    herlader.kijk()
    assert van_kracht.nu.revisie == "0"  # it is not tried for ever
    huis.publish("beter", 1300)
    herlader.kijk()
    assert (van_kracht.nu.revisie, stopped) == ("2", [])


def test_published_content_that_was_changed_stops_the_service(huis: Huis, monkeypatch: pytest.MonkeyPatch) -> None:
    van_kracht, herlader, stopped = begun(huis.opslag)
    without_guard(huis, "UPDATE revisie SET manifest = REPLACE(manifest, 'land/2026', 'land/2027')")
    herlader.kijk()
    assert stopped == []  # it is held to what was published once a minute
    monkeypatch.setattr(herladen, "CONTROLEER", 0.0)
    herlader.kijk()
    assert ["database herstel" in reason for reason in stopped] == [True]
    with pytest.raises(Veranderd):
        begin(Instellingen(), huis.opslag)
    assert van_kracht.nu.revisie == "0"


def test_a_database_that_is_away_changes_nothing_and_is_said_once(
    huis: Huis, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    van_kracht, herlader, stopped = begun(huis.opslag)
    huis.publish("hoger", 1200)
    away = herlader._revisies.nieuwste

    def gone() -> int:
        raise GeenOpslag("De database is niet te bereiken.")

    monkeypatch.setattr(herlader._revisies, "nieuwste", gone)
    capsys.readouterr()
    for _ in range(3):
        herlader.kijk()
    assert capsys.readouterr().out.count("niet te bereiken") == 1
    monkeypatch.setattr(herlader._revisies, "nieuwste", away)
    herlader.kijk()
    assert (van_kracht.nu.revisie, stopped) == ("1", [])
    monkeypatch.setattr(herlader._revisies, "nieuwste", gone)
    herlader.kijk()
    assert "niet te bereiken" in capsys.readouterr().out, "dat zij terug was, maakt de volgende keer weer nieuws"


# the start


def test_without_a_database_the_rules_are_those_of_the_product(tmp_path: Path) -> None:
    for opslag in (Opslag(Gegevensmap(tmp_path)), Opslag(Gegevensmap(tmp_path), "geen")):
        regels, revisies = begin(Instellingen(), opslag)
        assert (regels.revisie, revisies) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_a_new_database_begins_with_the_rules_of_the_product(opslag: Opslag) -> None:
    make_key(opslag.sleutelbestand)
    regels, revisies = begin(Instellingen(), opslag)
    assert revisies is not None
    assert regels.revisie == "0"
    assert [one.nummer for one in revisies.lijst()] == [0]


def test_a_database_that_cannot_be_reached_leaves_the_rules_of_before(
    huis: Huis, monkeypatch: pytest.MonkeyPatch
) -> None:
    huis.publish("hoger", 1200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.beheer.pakket.pakketbestanden", lambda: KLEIN)
        begin(Instellingen(), huis.opslag)
    away = Opslag(huis.opslag.map_, "postgresql://niemand@127.0.0.1:1/x", huis.opslag.sleutel)
    regels, revisies = begin(Instellingen(), away)
    assert (regels.revisie, limit_of(regels)) == ("1", 1200)
    assert revisies is not None
    kept = json.loads(huis.opslag.map_.regels.read_bytes())
    huis.opslag.map_.regels.write_text(json.dumps(kept | {"bestanden": {}}), encoding="utf-8")
    assert begin(Instellingen(), away)[0].revisie is None


# the whole


def _package(number: int) -> dict[str, bytes]:
    """The rules of the product with a mark of this revision in a question, in a text for tenants and in the version."""
    files = pakketbestanden()
    place = "landelijk/huurtoeslag.yaml"
    marked = re.sub(rb"(?m)^(    vraag: .*)\?$", rb"\1 (merk %d)?" % number, files[place], count=1)
    assert marked != files[place]
    return files | {place: marked, "versie.yaml": b"versie: 'merk-%d'\n" % number}


@pytest.fixture
def vier(opslag: Opslag) -> Iterator[tuple[Huis, Dienst]]:
    """Four processes of the service, with the rules of the product as revision 0."""
    huis = furnish(opslag, pakketbestanden())
    # on a busy machine a client may be slow itself; that is not what is looked at
    with dienst(werkers=4, koptijd=120, berichttijd=120, **settings_of(opslag)) as found:
        yield huis, found


def _publish(huis: Huis, number: int) -> None:
    name = f"merk-{number}"
    begun_ = huis.concepten.begin(huis.invoerder, name, "Proef")
    huis.concepten.bewaar(huis.invoerder, name, _package(number), begun_.opgeslagen)
    huis.approve(name)


@pytest.mark.traag
def test_four_workers_under_load_answer_by_one_of_ten_revisions_and_soon_by_the_newest(
    vier: tuple[Huis, Dienst],
) -> None:
    huis, service = vier
    expected: dict[str, bytes] = {}
    for number in range(11):
        regels = bewaard(pakketbestanden() if number == 0 else _package(number), str(number))
        expected[str(number)] = toets(regels.vraag(VRAAG), regels).json_bytes()
    assert len(set(expected.values())) == 11
    seen: list[tuple[float, float, int]] = []
    wrong: list[str] = []
    ended = threading.Event()
    body = json.dumps(VRAAG).encode()

    def asks(page: Callable[[], int | None]) -> None:
        while not ended.is_set():
            start = time.monotonic()
            found = page()
            if found is not None:
                seen.append((start, time.monotonic(), found))

    def answer() -> int | None:
        status, content = service.get("/v1/toetsen", "POST", body, content_type="application/json")
        if status != 200:
            wrong.append(f"{status} {content[:200]!r}")
            return None
        revision = json.loads(content)["regelset"]["revisie"]
        if content != expected[revision]:
            wrong.append(f"mixed answer of revision {revision}")
        return int(revision)

    def form() -> int | None:
        status, content = service.get("/over", accept="text/html")
        told = re.search(r"<dd>(merk-(\d+)|[^<,]+), revisie (\d+)</dd>", content.decode())
        question = re.search(r"\(merk (\d+)\)", content.decode())
        if status != 200 or told is None:
            wrong.append(f"page {status}")
            return None
        marks = {told[2] or "0", question[1] if question else "0", told[3]}
        if len(marks) != 1:
            wrong.append(f"mixed page {marks}")
        return int(told[3])

    published: dict[int, float] = {}
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(asks, answer) for _ in range(4)] + [pool.submit(asks, form) for _ in range(2)]
        time.sleep(1)
        for number in range(1, 11):
            _publish(huis, number)
            huis.publicatie.publiceer(huis.invoerder, f"merk-{number}")
            published[number] = time.monotonic()
            time.sleep(4)
        time.sleep(6)
        ended.set()
        for one in running:
            one.result()
    late = {
        number: max([start - moment for start, _, revision in seen if revision < number], default=0.0)
        for number, moment in published.items()
    }
    took = sorted(end - start for start, end, _ in seen)
    told = {number: round(seconds, 2) for number, seconds in late.items()}
    print(f"{len(seen)} answers; late {told}; median {took[len(took) // 2]:.3f}, max {took[-1]:.3f}")
    assert wrong == []
    assert max(late.values()) < 5
    assert {revision for start, _, revision in seen if start > published[10] + 5} == {10}
    assert '"level": "error"' not in service.log  # four processes write it, so a line may hold two


def test_the_service_stops_with_a_reason_where_published_content_was_changed(opslag: Opslag) -> None:
    huis = furnish(opslag, pakketbestanden())
    without_guard(huis, "UPDATE revisie SET hash = 'sha256:0' || SUBSTR(hash, 9)")
    with pytest.raises(RuntimeError, match="huurtoets database herstel"), dienst(werkers=2, **settings_of(opslag)):
        pass


def test_a_published_revision_is_answered_by_without_a_restart(opslag: Opslag) -> None:
    huis = furnish(opslag, pakketbestanden())
    body = json.dumps(VRAAG).encode()

    def revision(service: Dienst, query: str = "") -> Any:
        content = service.get(f"/v1/toetsen{query}", "POST", body, content_type="application/json")[1]
        return json.loads(content)["regelset"]["revisie"], content

    with dienst(**settings_of(opslag)) as service:
        number, before = revision(service)
        assert number == "0"
        _publish(huis, 1)
        huis.publicatie.publiceer(huis.invoerder, "merk-1")
        end = time.monotonic() + 5
        while revision(service)[0] != "1":
            assert time.monotonic() < end
            time.sleep(0.1)
        assert revision(service, "?regelset=0") == ("0", before)
        listed = json.loads(service.get("/v1/regelsets")[1])["regelsets"]
        assert [one["revisie"] for one in listed] == ["1", "0"]
