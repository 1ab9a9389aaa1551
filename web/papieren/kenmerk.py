"""The caseworker's own reference on a document: short, free, and never a citizen service number (BSN)."""

import unicodedata

from service.invoer.bedragen import Melding
from service.invoer.bsn import holds_bsn
from web.raamwerk.teksten import tekst

LENGTH = 40
# every letter up to here is in the font of the documents; a character that is not would stop the typesetting
_LAST_LETTER = "\N{LATIN SMALL LETTER LONG S}"
_ALSO = "–—‘’“”€"


def read_kenmerk(text: str) -> str | Melding:
    """The reference in ``text``, with single spaces; empty is no reference.

    What looks like a BSN is refused. One in eleven other numbers of eight or nine digits is as well; a wrong refusal
    costs a word, a BSN in a file is a breach.
    """
    reference = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(reference) > LENGTH:
        return Melding(tekst("papieren.kenmerk.te_lang", lengte=LENGTH))
    if not all(c.isprintable() and (c <= _LAST_LETTER or c in _ALSO) for c in reference):
        return Melding(tekst("papieren.kenmerk.onleesbaar"))
    if holds_bsn(reference):
        return Melding(tekst("papieren.kenmerk.bsn"))
    return reference
