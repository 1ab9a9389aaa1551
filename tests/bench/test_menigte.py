"""A crowd of a few people for a moment: everybody gets good answers, and every kind is counted."""

from functools import partial

from bench import menigte
from tests.hulp.lus import apart


def test_a_small_crowd_gets_good_answers_of_every_kind() -> None:
    found, seconds = apart(partial(menigte.crowd, 6, 0.2, users=4)), 6
    if not all(found.waits[kind] for kind in menigte.MIX):  # a machine that does something else takes longer
        found, seconds = apart(partial(menigte.crowd, 30, 0.2, users=4)), 30
    assert found.errors == []
    assert all(found.waits[kind] for kind in menigte.MIX)
    assert min(found.memory[-1][role] for role in ("workers", "typesetters")) > 50
    assert found.growth > 0
    load = found.load("check", seconds)
    assert 0 < load.median <= load.p95 <= load.p99


def test_memory_is_flat_when_the_end_has_no_more_than_the_middle() -> None:
    start = [{"workers": 100.0}, {"workers": 300.0}, {"workers": 500.0}]
    steady = [{"workers": 500.0, "typesetters": 500.0}] * 3
    assert menigte.Crowd(memory=start + steady + steady).flat
    assert menigte.Crowd(memory=start + steady + [{"workers": 600.0, "typesetters": 440.0}] * 3).flat
    assert not menigte.Crowd(memory=start + steady + [{"workers": 560.0, "typesetters": 500.0}] * 3).flat
