"""Passwords: what is asked of a new one, and how one is kept.

A long one, whatever is in it, and none that anybody would guess first; it is never asked to be changed because time
went by (NIST SP 800-63B, NCSC). It is kept as argon2id, with the parameters of RFC 9106 for a machine with other work.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.toegang.toegangsfouten import WachtwoordFout

KORTST: Final = 15
LANGST: Final = 128
# what is left of a password without the words below has at least so many different signs
_OTHER_SIGNS: Final = 6
_WORDS: Final = (
    "wachtwoord", "paswoord", "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "welkom", "welcome", "geheim",
    "secret", "hallo", "inloggen", "aanmelden", "login", "admin", "beheerder", "beheer", "administrator", "gebruiker",
    "huurtoets", "huurtoeslag", "huurder", "verhuurder", "corporatie", "gemeente", "woning", "qwertyuiop", "qwerty",
    "azerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "qazwsx", "1q2w3e4r", "iloveyou", "letmein",
    "dragon", "monkey",
    "voorjaar", "lente", "zomer", "herfst", "winter", "januari", "februari", "maart", "april", "juni", "juli",
    "augustus", "september", "oktober", "november", "december", "maandag", "dinsdag", "woensdag", "donderdag",
    "vrijdag", "zaterdag", "zondag", "nederland", "0123456789", "1234567890", "123456789",
    "12345678", "1234567", "123456", "12345", "1234", "987654321", "87654321", "654321", "54321", "4321",
    "abcdefghijklmnopqrstuvwxyz", "abcdefghij", "abcdefgh", "abcdef", "abcde", "abcd",
)  # fmt: skip


def check_new(text: str, eigen: Iterable[str] = ()) -> None:
    """Raises :class:`WachtwoordFout` for a password that is too short, too long, or easy to guess.

    ``eigen``: what everybody knows of this account, such as its name.
    """
    plain = unicodedata.normalize("NFC", text)
    if len(plain) < KORTST:
        raise WachtwoordFout(
            f"Het wachtwoord is te kort. Kies er een van minstens {KORTST} tekens, zoals vier woorden."
        )
    if len(plain) > LANGST:
        raise WachtwoordFout(f"Het wachtwoord is te lang. Kies er een van hoogstens {LANGST} tekens.")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in plain):
        raise WachtwoordFout("In het wachtwoord staat een teken dat niet te zien is. Typ het opnieuw.")
    left = plain.casefold()
    own = (part for word in eigen for part in re.split(r"[\W_]+", word.casefold()) if len(part) > 3)
    for word in (*own, *_WORDS):
        left = left.replace(word, "")
    if len(set(re.sub(r"[\W_]+", "", left))) < _OTHER_SIGNS:
        raise WachtwoordFout(
            "Dit wachtwoord is makkelijk te raden: het bestaat uit bekende woorden, uw naam of een rijtje. Kies vier "
            "woorden die niets met elkaar te maken hebben."
        )


class Hasher:
    """Makes and checks what is kept of a password."""

    def __init__(self, argon: PasswordHasher | None = None) -> None:
        self._argon = argon or PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
        # checked where there is no password, so that the answer takes as long
        self._none = self._argon.hash("niemand heeft dit wachtwoord")

    def hash(self, text: str) -> str:
        """What is kept of ``text``."""
        return self._argon.hash(_bytes(text))

    def klopt(self, kept: str | None, text: str) -> bool:
        """Whether ``text`` is the password of which ``kept`` was kept; it takes as long when there is none."""
        try:
            right = self._argon.verify(kept or self._none, _bytes(text))
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def verouderd(self, kept: str) -> bool:
        """Whether it was kept with other parameters than those of now."""
        return self._argon.check_needs_rehash(kept)


def _bytes(text: str) -> bytes:
    """A password as it is hashed: the same for two ways to write one letter."""
    return unicodedata.normalize("NFC", text[: 2 * LANGST]).encode("utf-8", "surrogatepass")
