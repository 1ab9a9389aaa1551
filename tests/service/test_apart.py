"""Work in a copy of the process: its result comes back, and whatever ends it is told in words."""

import faulthandler
import os
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.basis import regelmap
from service.basis.apart import Einde, Gestopt, Leesgrenzen, apart, free
from service.opdracht import commando
from tests.hulp.regelsets import schrijf

LIMITS = Leesgrenzen().van(Path("bestaat-niet"))
ROOM = LIMITS["geheugen"]


def _fails(work: Callable[[], Any], **limits: int) -> Gestopt:
    with pytest.raises(Gestopt) as ended:
        apart(work, LIMITS | limits)
    return ended.value


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The tests print where a process goes down; here that is meant."""
    told = faulthandler.is_enabled()
    faulthandler.disable()
    yield
    if told:
        faulthandler.enable()


def _down(how: signal.Signals) -> None:
    os.kill(os.getpid(), how)


def test_what_it_gives_comes_back_and_nothing_else_changes() -> None:
    here: list[int] = []
    given = {"a": [1, 2.5, "é", None, True], "b": {}}
    assert apart(lambda: here.append(1) or given, LIMITS) == given
    assert here == []


def test_more_memory_than_it_may_have_ends_it() -> None:
    assert _fails(lambda: len(bytearray(ROOM))).einde is Einde.TE_GROOT


def test_more_processor_time_than_it_may_have_ends_it() -> None:
    def spin() -> None:
        while True:
            pass

    began = time.process_time()
    assert _fails(spin, tijd=1).einde is Einde.TE_LANG
    assert time.process_time() - began < 0.5, "niet hier"


@pytest.mark.parametrize(
    ("how", "said"),
    [(signal.SIGSEGV, Einde.KAPOT), (signal.SIGBUS, Einde.KAPOT), (signal.SIGKILL, Einde.TE_GROOT),
     (signal.SIGABRT, Einde.TE_GROOT)],
)  # fmt: skip
def test_a_library_that_takes_it_down_takes_nothing_else_down(how: signal.Signals, said: Einde) -> None:
    assert _fails(lambda: _down(how)).einde is said


def test_an_error_tells_where_it_was_and_not_what_was_read() -> None:
    ended = _fails(lambda: int("geheim"))
    assert ended.einde is Einde.KAPOT
    assert "ValueError in test_apart.py" in ended.waar
    assert "geheim" not in ended.waar + str(ended)


def test_more_output_than_it_may_have_is_an_error_there(tmp_path: Path) -> None:
    assert _fails(lambda: (tmp_path / "x").write_bytes(b"x" * 2_000), uitvoer=1_000).einde is Einde.KAPOT


def test_after_the_reading_the_limits_can_be_taken_off() -> None:
    def both() -> list[bool]:
        before = resource.getrlimit(resource.RLIMIT_AS)[0] == ROOM
        free()
        return [before, resource.getrlimit(resource.RLIMIT_AS)[0] == resource.getrlimit(resource.RLIMIT_AS)[1]]

    assert apart(both, LIMITS) == [True, True]


# the commands


def _crash(*_: object) -> None:
    _down(signal.SIGSEGV)


def test_a_question_that_takes_the_reader_down_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commando, "parse_json", _crash)
    (tmp_path / "vraag.json").write_text("{}")
    done = CliRunner().invoke(commando.app, ["toets", str(tmp_path / "vraag.json")])
    assert done.exit_code == 2
    assert "vraag.json' is niet te lezen" in done.stderr


def test_rule_files_that_take_the_reader_down_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regelmap, "uit_map", _crash)
    done = CliRunner().invoke(commando.app, ["regels", "controleer", str(schrijf(tmp_path / "sets"))])
    assert done.exit_code == 1
    assert "sets' is niet te lezen" in done.stderr


@pytest.mark.parametrize("content", ["- " * 50_000, "[" * 200_000, "? " * 100_000, "&a [*a]"])
def test_a_rule_file_of_too_many_layers_is_named(tmp_path: Path, content: str) -> None:
    folder = schrijf(tmp_path / "sets")
    (folder / "diep.yaml").write_text(content)
    for command in (["controleer"], ["bewijs"]):
        done = CliRunner().invoke(commando.app, ["regels", *command, str(folder)])
        assert done.exit_code == 1
        # which limit is met first, that of layers or that of memory, depends on how large this process was already
        assert re.search(r"Het bestand 'diep\.yaml' (is niet te lezen|vraagt te veel geheugen)", done.stderr)
        assert done.stdout == ""
