"""What is asked of a new password, and how one is kept."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st

from service.toegang.toegangsfouten import WachtwoordFout
from service.toegang.wachtwoorden import Hasher, check_new
from tests.hulp.ingang import SNEL


@pytest.mark.parametrize(
    "text",
    ["paard batterij nietje correct", "kX9#vQ2!mZ7&wB4", "zeven dwergen lopen", "aGVsbG8gd29ybGQgZm9v",
     "ÿþ ÅÄÖ žluť kůň ž", "839201847561092", "correct horse battery staple", "x" * 5 + "mijn eigen lange zin"],
)  # fmt: skip
def test_a_long_password_is_taken_whatever_is_in_it(text: str) -> None:
    check_new(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paard nietje c", "te kort"),
        ("", "te kort"),
        ("a" * 129, "te lang"),
        ("paard batterij\x00nietje", "niet te zien"),
        ("aaaaaaaaaaaaaaaaaa", "te raden"),
        ("abababababababab", "te raden"),
        ("Welkom2026Welkom2026!", "te raden"),
        ("wachtwoord wachtwoord", "te raden"),
        ("Wachtwoord123456789", "te raden"),
        ("qwertyuiopasdfghjkl", "te raden"),
        ("123456789012345", "te raden"),
        ("HuurtoetsBeheerder1!", "te raden"),
        ("zomer-herfst-winter-lente", "te raden"),
        ("jansen@voorbeeld.nl", "te raden"),
        ("Jansen Jansen Jansen 12", "te raden"),
    ],
)
def test_what_is_guessed_first_is_refused_with_what_to_choose(text: str, said: str) -> None:
    with pytest.raises(WachtwoordFout, match=said) as error:
        check_new(text, ("jansen@voorbeeld.nl", ""))
    assert not text or text not in str(error.value)


@pytest.mark.parametrize(("length", "taken"), [(14, False), (15, True), (16, True), (128, True), (129, False)])
def test_the_length_is_counted_in_signs(length: int, taken: bool) -> None:
    text = ("žluťoučký kůň pěl ďábelské ódy " * 9)[:length]
    if taken:
        check_new(text)
    else:
        with pytest.raises(WachtwoordFout):
            check_new(text)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_or_refused_and_kept_so_that_it_is_known_again(text: str) -> None:
    try:
        check_new(text)
    except WachtwoordFout:
        return
    assert SNEL.klopt(SNEL.hash(text), text)


@pytest.mark.parametrize("text", ["\ud800 paard batterij", "\x00", "x" * 100_000, ""])
def test_whatever_is_typed_to_sign_in_is_no_fault(text: str) -> None:
    assert not SNEL.klopt(SNEL.hash("paard batterij nietje"), text)
    assert not SNEL.klopt(None, text)
    assert not SNEL.klopt("geen argon2", text)


def test_two_ways_to_write_one_letter_are_one_password() -> None:
    assert SNEL.klopt(SNEL.hash("cafe\u0301 batterij nietje"), "caf\u00e9 batterij nietje")


def test_it_is_kept_as_argon2id_with_the_parameters_of_the_standard() -> None:
    found = extract_parameters(Hasher().hash("paard batterij nietje"))
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 65_536, 3, 4)
    assert found.salt_len >= 16


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert SNEL.hash("paard batterij nietje") != SNEL.hash("paard batterij nietje")


def test_a_hash_by_other_parameters_is_seen() -> None:
    other = Hasher(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert other.verouderd(SNEL.hash("x"))
    assert not other.verouderd(other.hash("x"))
