"""A made-up year: the figures of the year before, in the files that ``regels nieuw jaar`` makes. Only for tests."""

import re
from collections.abc import Mapping

from regels.nieuw import nieuw_jaar

BRON = "\nverzonnen: {titel: Verzonnen, url: 'https://voorbeeld.nl', datum: 2027-01-01, vindplaats: regel 1}\n"
WAS = re.compile(r"^(?P<head> *waarde:).*?  # in \d{4}: (?P<was>.*)$", re.MULTILINE)


def verzonnen_jaar(bestanden: Mapping[str, str], jaar: int) -> dict[str, str]:
    """Each file of the figures of ``jaar``: whole, no draft, with the values of before and a source that is made up."""
    return {name: ingevuld(text) for name, text in nieuw_jaar(bestanden, jaar).items()}


def ingevuld(text: str) -> str:
    """A file of a new year with what stands behind each value filled in; a table over more lines stays a draft."""
    filled = WAS.sub(r"\g<head> \g<was>", text)
    filled = re.sub(r"\bbron:$", "bron: verzonnen", filled, flags=re.MULTILINE)
    filled = re.sub(r"\bzekerheid:$", "zekerheid: onbevestigd", filled, flags=re.MULTILINE)
    # of the second half of 2026 no amount is known, and the loader asks why a figure has such a gap
    filled = filled.replace("  studietoeslag_bedrag:\n", "  studietoeslag_bedrag:\n    opmerking: Verzonnen.\n")
    groups = re.split(r"(?m)^(?=[a-z])", filled)
    whole = (re.search(r"(?m)^ {6}\w+:$", group) is None for group in groups)
    return "".join(
        group.replace("  status: concept\n", "") if done else group for group, done in zip(groups, whole, strict=True)
    )
