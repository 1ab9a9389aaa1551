"""What a decision is called, and what the tenant reads about its outcome.

The answer itself (``Conclusie.tekst`` and its reasons) is written for staff. Here each decision has a short title, the
legal term with a gloss, and for every outcome a text in plain Dutch. A text may have variants: the first one of which
all values are known is used, and the last one needs none. A rule may have a text of its own, where one outcome comes
from rules with different meanings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from regels.bestanden import Faults, Item, read_file
from regels.regelset import ONDERWERPEN, UITKOMSTEN
from regels.uitslag import Conclusie
from web.teksten import TekstFout, check_text, plaatsen

_KEYS = frozenset({"titel", "vakterm", "toelichting", "huurder", "per_regel"})
_REQUIRED = frozenset({"titel", "vakterm", "toelichting"})
# the distance to a limit has a sign in the answer; here the sentence says on which side it lies
_DISTANCE = "marge"

Varianten = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BesluitTekst:
    """The texts of one decision; ``huurder`` by outcome, ``per_regel`` by the name of a rule."""

    titel: str
    vakterm: str
    toelichting: str
    huurder: Mapping[str, Varianten] = field(default_factory=dict)
    per_regel: Mapping[str, Varianten] = field(default_factory=dict)


def _read(name: str, faults: Faults) -> Item:
    return read_file(files("web.teksten") / name, name, faults)


def _variants(item: Item, faults: Faults) -> Varianten:
    found = tuple(check_text(part, faults) for part in faults.items(item))
    if not found or plaatsen(found[-1]):
        faults.add(item, "de laatste variant heeft geen plaats voor een waarde; die past altijd")
    if any(not plaatsen(text) for text in found[:-1]):
        faults.add(item, "na een variant zonder waarden komt geen andere; die wordt nooit gelezen")
    return found


def _by_key(item: Item | None, faults: Faults, known: frozenset[str] | None = None) -> dict[str, Varianten]:
    return {key: _variants(part, faults) for key, part in faults.mapping(item, known).items()} if item else {}


def _decision(item: Item, faults: Faults) -> BesluitTekst:
    keys = faults.mapping(item, _KEYS, _REQUIRED)
    own = {key: check_text(keys[key], faults) for key in sorted(_REQUIRED & keys.keys())}
    return BesluitTekst(
        titel=own.get("titel", ""),
        vakterm=own.get("vakterm", ""),
        toelichting=own.get("toelichting", ""),
        huurder=_by_key(keys.get("huurder"), faults, frozenset(UITKOMSTEN)),
        per_regel=_by_key(keys.get("per_regel"), faults),
    )


def _load() -> tuple[Mapping[str, Varianten], Mapping[str, BesluitTekst]]:
    faults = Faults()
    found: dict[str, BesluitTekst] = {}
    for subject in ONDERWERPEN:
        for name, item in faults.mapping(_read(f"besluiten-{subject}.yaml", faults)).items():
            if name in found:
                faults.add(item, f"het besluit '{name}' heeft al teksten")
            found[name] = _decision(item, faults)
    default = _by_key(_read("besluiten.yaml", faults), faults, frozenset(UITKOMSTEN))
    faults.raise_if_any()
    return default, found


STANDAARD, BESLUITEN = _load()


def _of(id: str) -> BesluitTekst:
    if id not in BESLUITEN:
        raise TekstFout(f"het besluit '{id}' heeft geen teksten in besluiten-<onderwerp>.yaml")
    return BESLUITEN[id]


def titel(id: str) -> str:
    """A few words for overviews. Raises :class:`TekstFout`."""
    return _of(id).titel


def vakterm(id: str) -> str:
    """What the law or the sector calls it. Raises :class:`TekstFout`."""
    return _of(id).vakterm


def toelichting(id: str) -> str:
    """What the legal term means, for staff. Raises :class:`TekstFout`."""
    return _of(id).toelichting


def varianten(id: str, uitkomst: str, regel: str | None = None) -> Varianten:
    """The texts for an outcome of a decision, by this rule where there is one. Raises :class:`TekstFout`."""
    own = _of(id)
    found = own.per_regel.get(regel or "") or own.huurder.get(uitkomst) or STANDAARD.get(uitkomst)
    if not found:
        raise TekstFout(f"'{id}' heeft geen tekst voor de uitkomst '{uitkomst}' (regel '{regel}')")
    return found


def huurder(conclusie: Conclusie) -> str:
    """What the tenant reads about ``conclusie``. Raises :class:`TekstFout` when there is no text for it."""
    rule = conclusie.redenen[0].regel if conclusie.redenen else None
    values = {shown.naam: shown.tekst for shown in conclusie.weergave}
    if _DISTANCE in values:
        values[_DISTANCE] = values[_DISTANCE].replace("-", "")
    texts = varianten(conclusie.id, conclusie.uitkomst, rule)
    return next(text for text in texts if plaatsen(text) <= values.keys()).format_map(values)
