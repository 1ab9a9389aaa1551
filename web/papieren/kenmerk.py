"""The caseworker's own reference on a document: short, free, and never a citizen service number (BSN)."""

import re
import unicodedata

from web.bedragen import Melding
from web.teksten import tekst

LENGTH = 40
# every letter up to here is in the font of the documents; a character that is not would stop the typesetting
_LAST_LETTER = "\N{LATIN SMALL LETTER LONG S}"
_ALSO = "–—‘’“”€"
# nine digits, with at most three separators between two of them, and no digit before or after
_NINE_DIGITS = re.compile(r"(?<!\d)(?=(\d(?:[ ./_–-]{0,3}\d){8})(?!\d))")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def read_kenmerk(text: str) -> str | Melding:
    """The reference in ``text``, with single spaces; empty is no reference.

    What looks like a BSN is refused: nine digits that pass the elfproef, however they are spaced. One in eleven
    other numbers of nine digits passes as well; a wrong refusal costs a word, a BSN in a file is a breach.
    """
    reference = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(reference) > LENGTH:
        return Melding(tekst("papieren.kenmerk.te_lang", lengte=LENGTH))
    if not all(c.isprintable() and (c <= _LAST_LETTER or c in _ALSO) for c in reference):
        return Melding(tekst("papieren.kenmerk.onleesbaar"))
    if any(_is_bsn(match[1]) for match in _NINE_DIGITS.finditer(reference)):
        return Melding(tekst("papieren.kenmerk.bsn"))
    return reference


def _is_bsn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    return any(digits) and sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 0
