"""A crowd of a few people for a moment: everybody gets good answers, and every kind is counted."""

from bench import menigte


def test_a_small_crowd_gets_good_answers_of_every_kind() -> None:
    found = menigte.crowd(6, 0.2, users=4)
    assert found.errors == []
    assert all(found.waits[kind] for kind in menigte.MIX)
    assert min(found.memory) > 50
    load = found.load("check", 6)
    assert 0 < load.median <= load.p95 <= load.p99
