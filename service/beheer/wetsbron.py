"""Which rows of the law a source is that somebody typed: its address says which law, its place which articles.

What is not found is left out, and the loader says what it misses.
"""

import re
from collections.abc import Mapping
from typing import Final

from regels.bestanden import Faults, Item, parse_file
from regels.wet.wetlezer import BWB, LIJST

# "artikel 13 lid 1 (de grens) en 14" names 13 and 14: what stands between brackets is no place, nor is a member
_ASIDE: Final = re.compile(r"\([^)]*\)")
_NAMED: Final = re.compile(r"\bartikel(?:en)?\b(?P<rest>[^;:]*)", re.IGNORECASE)
_PART: Final = re.compile(
    r"\b(?:lid|leden|onder|letter)\s+\w+(?:\s*(?:,|en|tot en met)\s*\w{1,2}\b(?!\.))*", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d+[a-z]*(?:[.:]\d+[a-z]*)?")


def genoemde_artikelen(bestanden: Mapping[str, bytes], url: str, vindplaats: str) -> list[str]:
    """The places (``woningwet/46``) that a source with this address and place is about."""
    found = BWB.search(url)
    lists = {name: content for name, content in bestanden.items() if name.rsplit("/", 1)[-1] == LIJST}
    laws = {
        id: law for name, content in lists.items() for id, law in _pairs(parse_file(content, name, Faults())).items()
    }
    for id, law in laws.items():
        parts = _pairs(law)
        if found is not None and "bwb" in parts and parts["bwb"].value == found[0] and "artikelen" in parts:
            known = parts["artikelen"].value
            listed = [str(item.value) for item in known] if isinstance(known, list) else [str(known)]
            return [f"{id}/{name}" for name in _articles(vindplaats) if name in listed]
    return []


def _articles(vindplaats: str) -> list[str]:
    named = (_PART.sub(" ", match["rest"]) for match in _NAMED.finditer(_ASIDE.sub(" ", vindplaats)))
    return list(dict.fromkeys(number for text in named for number in _NUMBER.findall(text)))


def _pairs(item: Item) -> Mapping[str, Item]:
    return item.value if isinstance(item.value, dict) else {}
