"""kill -9 while a draft is published: the revision is there and whole, or everything is as it was."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from service.opslag.grootboekcontrole import check_ledger
from service.opslag.opslag import Opslag
from tests.hulp.beheer import Huis, furnish, limit_of

PUBLISH = """
import os
import sys
from pathlib import Path
from service.beheer.concepten import Concepten
from service.beheer.publicatie import Publicatie
from service.beheer.revisies import Revisies
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Rol
from service.toegang.wie import Wie
map_, url, id_ = sys.argv[1:]
wie = Wie(id_, "invoerder", "invoerder", frozenset({Rol.REGELBEHEERDER}), Organisatie("land"))
for name in map(str.strip, sys.stdin):
    child = os.fork()
    if not child:
        made = Publicatie(Concepten(Revisies(Opslag(Gegevensmap(Path(map_)), url or None))))
        made.concepten.lees(name)
        print(os.getpid(), flush=True)
        made.publiceer(wie, name)
        print("klaar", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print("einde", flush=True)
"""


def _publish_and_kill(publisher: "subprocess.Popen[str]", name: str, after: float | None) -> tuple[bool, float]:
    """Whether the process of its own that published ``name`` said so, and its seconds; killed ``after`` so long."""
    assert publisher.stdin is not None and publisher.stdout is not None
    print(name, file=publisher.stdin, flush=True)
    child, start = int(publisher.stdout.readline()), time.monotonic()
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    told = list(iter(publisher.stdout.readline, "einde\n"))
    return "klaar\n" in told, time.monotonic() - start


@pytest.fixture
def huis(opslag: Opslag) -> Huis:
    return furnish(opslag)


@pytest.fixture
def publisher(huis: Huis) -> Iterator["subprocess.Popen[str]"]:
    """A program that publishes each draft it reads the name of in a process of its own, and has imported all before."""
    arguments = [str(huis.opslag.map_.map_), huis.opslag.url or "", huis.invoerder.id]
    with subprocess.Popen(
        [sys.executable, "-c", PUBLISH, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as found:
        yield found
        assert found.stdin is not None
        found.stdin.close()


def test_a_process_that_is_killed_while_it_publishes_leaves_the_old_or_the_new(
    huis: Huis, publisher: "subprocess.Popen[str]"
) -> None:
    chance, seen, whole = random.Random(16), set(), 0.0
    for turn in range(14):
        before = huis.revisies.nieuwste()
        assert before is not None
        name = f"poging-{turn}"
        huis.change(name, 2000 + turn)
        huis.approve(name)
        told, took = _publish_and_kill(publisher, name, chance.uniform(0, 1.5 * whole) if turn else None)
        whole = whole or took  # of the first; on a busy machine the next may take longer
        after = huis.revisies.nieuwste()
        assert after in (before, before + 1)
        published = after == before + 1
        assert published or not told
        assert huis.concepten.lees(name).stand == ("gepubliceerd" if published else "open")
        assert limit_of(huis.revisies.laad(after)) == (
            2000 + turn if published else limit_of(huis.revisies.laad(before))
        )
        if not published:
            assert huis.concepten.lees(name).goedgekeurd
            huis.publicatie.publiceer(huis.invoerder, name)
        if turn:
            seen.add(published)
            whole *= 0.8 if published else 1.25
    assert seen == {True, False}, "every one of them came to the same: the moments are not spread"
    with huis.opslag.database.lezen() as session:
        ledger = check_ledger(session, huis.opslag.grootboek, frozenset())
    assert ledger.gebreken == ()
