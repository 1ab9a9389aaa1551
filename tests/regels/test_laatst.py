"""What was asked last is kept, and no more than that."""

from regels.laatst import Laatst


def test_of_too_many_the_one_that_was_not_asked_for_longest_goes() -> None:
    kept: Laatst[str, list[int]] = Laatst(2)
    first = kept.get("a", lambda: [1])
    kept.get("b", lambda: [2])
    assert kept.get("a", lambda: [3]) is first
    kept.get("c", lambda: [4])
    assert ("a" in kept, "b" in kept, "c" in kept) == (True, False, True)


def test_what_was_made_meanwhile_by_another_is_what_both_get() -> None:
    kept: Laatst[str, list[int]] = Laatst(2)
    first: list[list[int]] = []
    second = kept.get("a", lambda: first.append(kept.get("a", lambda: [1])) or [2])
    assert second is first[0]
