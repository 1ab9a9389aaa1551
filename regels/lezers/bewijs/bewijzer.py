"""All claims about a rule set, stretch by stretch; what was shown before with the same content is not shown again."""

import hashlib
import json
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any

import z3

from regels.lezers.bewijs import huishouden
from regels.lezers.bewijs.beweringen import Bewering, van_besluit, van_stelling
from regels.lezers.bewijs.feiten import Geval, gevallen
from regels.lezers.bewijs.huurbeleid import stellingen_van
from regels.lezers.bewijs.stelling import Stelling, Verloop
from regels.lezers.bewijs.symbolen import Term, niet
from regels.lezers.bewijs.vensters import Tijd, Tijdvak, naam_van_ronde
from regels.lezers.bewijs.vertaler import Vertaler
from regels.lezers.bewijs.zoeken import ALLE, Gevonden, getuige, zoek
from regels.regelset import Besluit, Regel, Regelset
from regels.stand import Gat, Stand
from regels.taal import LanguageError, Node, Quantity, walk

BEWEZEN, WEERLEGD, ONBEWEZEN, BUITEN = "bewezen", "weerlegd", "onbewezen", "niet van toepassing"
BEREIKBAAR, ONBEREIKBAAR = "bereikbaar", "onbereikbaar"


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What came of one claim in one stretch of days.

    ``hoe``: for which households it was shown, or why it does not apply. ``huishouden`` and ``voorbeeld``: a household
    that goes against it, in words and as the start of an example; ``mis``: how it does. ``regels``: per rule whether it
    can apply.
    """

    id: str
    zegt: str
    venster: str
    uitslag: str
    hoe: str = ""
    geval: str = ""
    mis: tuple[str, ...] = ()
    huishouden: tuple[str, ...] = ()
    voorbeeld: str = ""
    regels: tuple[tuple[str, str], ...] = ()
    bewaard: bool = False


@dataclass(frozen=True)
class Bewijsverslag:
    """All findings; ``volledig``: those of every year, so that a rule that applies to nobody is a fault."""

    bevindingen: tuple[Bevinding, ...]
    volledig: bool = True

    @property
    def hier_niet(self) -> list[tuple[str, str, str]]:
        """The rules that apply to nobody in one stretch (another may differ): (decision, rule, stretch)."""
        return [
            (found.id, name, found.venster)
            for found in self.bevindingen
            for name, state in found.regels
            if state == ONBEREIKBAAR and (found.id, name) not in self.nooit
        ]

    @property
    def nooit(self) -> list[tuple[str, str]]:
        """The rules that apply to nobody in any of the stretches, as (decision, rule)."""
        if not self.volledig:
            return []
        seen: dict[tuple[str, str], set[str]] = {}
        for found in self.bevindingen:
            for name, state in found.regels:
                seen.setdefault((found.id, name), set()).add(state)
        return [key for key, states in seen.items() if states == {ONBEREIKBAAR}]

    def met(self, uitslag: str) -> list[Bevinding]:
        """The findings of one kind."""
        return [found for found in self.bevindingen if found.uitslag == uitslag]

    @property
    def klopt(self) -> bool:
        """Whether nothing was found against any claim, and each rule can apply."""
        return not self.met(WEERLEGD) and not self.nooit


class Bewijzer:
    """Shows the claims about ``regels`` from ``van`` to ``tot``; left out: all the days that they are written for.

    ``bewaard`` keeps what was shown, by content.
    """

    def __init__(
        self,
        regels: Regelset,
        van: date | None = None,
        tot: date | None = None,
        bewaard: MutableMapping[str, str] | None = None,
    ) -> None:
        self.regels = regels
        self.claims = stellingen_van(regels)
        self.tijd = Tijd(regels, van, tot)
        self.bewaard: MutableMapping[str, str] = {} if bewaard is None else bewaard
        self.stellingen: dict[str, list[Bewering]] = {}
        self._beweringen: dict[str, list[Bewering]] = {}

    def aantal(self, besluit: str | None = None) -> int:
        """The number of parts that :meth:`delen` gives."""
        return len(self.over(besluit)) + 1 if besluit is not None else len(self.claims) + len(self.regels.besluiten)

    def delen(self, besluit: str | None = None) -> Iterator[list[Bevinding]]:
        """The findings claim by claim; of one decision, and the claims on amounts over it, when it is given."""
        for id in [one.id for one in self.claims] if besluit is None else self.over(besluit):
            yield self.stelling(id)
        for one in self.regels.besluiten.values():
            if besluit in (None, one.id):
                yield self.besluit(one)

    def stelling(self, id: str) -> list[Bevinding]:
        """The findings about one claim on amounts."""
        stelling = next(one for one in self.claims if one.id == id)
        try:
            claims = self._claims(stelling)
        except (LanguageError, KeyError) as error:
            self.stellingen[id] = []
            return [Bevinding(id, stelling.zegt, "alle dagen", BUITEN, f"een naam ontbreekt in deze regelset: {error}")]
        helpers = self._hulp(stelling.steunt_op) if isinstance(stelling, Stelling) else []
        found = [one for claim in claims for one in self._bewering(claim, helpers, None)]
        shown = all(one.uitslag == BEWEZEN and one.hoe == ALLE for one in found)
        self.stellingen[id] = claims if shown else []
        return found

    def _claims(self, stelling: Stelling | Verloop) -> list[Bewering]:
        """What ``stelling`` claims, written once: it is asked for by every decision."""
        if stelling.id not in self._beweringen:
            self._beweringen[stelling.id] = list(van_stelling(self.regels, stelling))
        return self._beweringen[stelling.id]

    def over(self, besluit: str) -> list[str]:
        """The claims on what this decision shows or uses itself."""
        found = self.regels.besluiten.get(besluit)
        if found is None:
            return []
        values = (found.waarden, *(regel.waarden for regel in found.regels))
        shown = [node for part in values for node, _ in part.values()]
        trees = (*(regel.als for regel in found.regels), *shown)
        used = {part.name for tree in trees for part in walk(tree) if isinstance(part, Quantity)}
        return [one.id for one in self.claims if self._about(one, besluit, used)]

    def _about(self, one: Stelling | Verloop, besluit: str, used: set[str]) -> bool:
        if isinstance(one, Verloop):
            return one.wat in used
        return one.waarden_van == besluit or _within(self._grootheden(one), used)

    def _hulp(self, ids: tuple[str, ...]) -> list[Bewering]:
        for id in ids:
            if id not in self.stellingen:
                self.stelling(id)
        return [claim for id in ids for claim in self.stellingen[id]]

    def besluit(self, besluit: Besluit) -> list[Bevinding]:
        """The findings about one decision: exactly one rule, and which rules can apply."""
        gaps: dict[Stand, Gat | None] = {}

        def gap(stand: Stand) -> Gat | None:
            if stand not in gaps:
                gaps[stand] = stand.gat(besluit)
            return gaps[stand]

        found = self._bewering(van_besluit(besluit, gap), self._voor(besluit), besluit)
        return found + self._gaten(besluit, gap)

    def _voor(self, besluit: Besluit) -> list[Bewering]:
        """What was shown about the quantities that this decision uses itself."""
        used = {part.name for regel in besluit.regels for part in walk(regel.als) if isinstance(part, Quantity)}
        ids = []
        for stelling in self.claims:
            if isinstance(stelling, Stelling) and not stelling.waarden_van and not stelling.per_persoon:
                names = self._grootheden(stelling)
                if _within(names, used):
                    ids.append(stelling.id)
        return self._hulp(tuple(ids))

    def _grootheden(self, stelling: Stelling) -> set[str]:
        try:
            claims = self._claims(stelling)
        except (LanguageError, KeyError):
            return set()
        trees = (tree for claim in claims for tree in claim.bomen)
        return {part.name for tree in trees for part in walk(tree) if isinstance(part, Quantity)}

    def _gaten(self, besluit: Besluit, gap: Callable[[Stand], Gat | None]) -> list[Bevinding]:
        """The days on which the decision has no rules, with the reason."""
        reasons: dict[str, list[str]] = {}
        for first, last in self.tijd.stukken:
            for ronde in self.tijd.rondes:
                if gat := gap(self.tijd.stand(first, ronde)):
                    where = f"ronde {naam_van_ronde(ronde)}" if besluit.datum == "rondedatum" else f"{first} t/m {last}"
                    places = reasons.setdefault(gat.wat, [])
                    places += [] if where in places else [where]
        return [
            Bevinding(besluit.id, "Precies één regel geldt.", ", ".join(places), BUITEN, f"niets in werking: {wat}")
            for wat, places in reasons.items()
        ]

    def _bewering(self, claim: Bewering, helpers: list[Bewering], besluit: Besluit | None) -> list[Bevinding]:
        def make(stand: Stand) -> list[tuple[Node, str]] | None:
            roots = claim.maak(stand)
            if roots is None:
                return None
            return roots + [root for helper in helpers for root in helper.maak(stand) or []]

        return [self._in_strook(claim, helpers, besluit, strook) for strook in self.tijd.stroken(make)]

    def _in_strook(
        self, claim: Bewering, helpers: list[Bewering], besluit: Besluit | None, strook: Tijdvak
    ) -> Bevinding:
        names = [regel.naam for regel in strook.stand.regels_van(besluit)] if besluit is not None else []
        key = hashlib.sha256(f"{_versie()} {claim.id} {claim.zegt} {strook.sleutel} {names}".encode()).hexdigest()
        if key in self.bewaard:
            return replace(_lees(self.bewaard[key]), bewaard=True)
        found = self._toon(claim, helpers, strook, ruimste=besluit is None)
        if besluit is not None and found.uitslag != WEERLEGD:
            found = replace(found, regels=tuple(self._bereik(besluit, strook)))
        if found.uitslag == BEWEZEN:  # what went wrong or stayed open is looked at again each time
            self.bewaard[key] = json.dumps(asdict(found), ensure_ascii=False)
        return found

    def _toon(self, claim: Bewering, helpers: list[Bewering], strook: Tijdvak, *, ruimste: bool) -> Bevinding:
        against = claim.tegen(strook.stand)
        known = [partial(_holds, helper, strook.stand) for helper in helpers if helper.maak(strook.stand) is not None]
        result = Bevinding(claim.id, claim.zegt, str(strook), BEWEZEN, ALLE)
        names, on_another_day = frozenset(strook.kegel.velden), strook.kegel.andere_dag
        for geval in gevallen(names, andere_dag=on_another_day, ruimste=ruimste):
            found = zoek(strook, geval, against, known)
            if found.model is not None:
                return self._weerlegd(result, claim, strook, geval, found)
            if not found.hoe:
                result = replace(result, uitslag=ONBEWEZEN, hoe="de tijd was op", geval=geval.naam)
            elif found.hoe != ALLE and result.uitslag == BEWEZEN:
                result = replace(result, hoe=found.hoe)
        return result

    def _weerlegd(
        self, result: Bevinding, claim: Bewering, strook: Tijdvak, geval: Geval, found: Gevonden
    ) -> Bevinding:
        assert found.vertaler is not None and found.model is not None
        feiten = found.vertaler.feiten
        facts = huishouden.feiten_van(feiten, found.model)
        question = huishouden.vraag(feiten, facts)
        words = tuple(huishouden.in_woorden(feiten, facts))
        how = tuple(claim.mis(strook.stand, found.vertaler, found.model))
        text = huishouden.voorbeeld(question, claim.plaats, result.zegt, how)
        return replace(result, uitslag=WEERLEGD, hoe="", geval=geval.naam, mis=how, huishouden=words, voorbeeld=text)

    def _bereik(self, besluit: Besluit, strook: Tijdvak) -> Iterator[tuple[str, str]]:
        for regel in strook.stand.regels_van(besluit):
            yield regel.naam, self._bereikbaar(besluit, regel, strook)

    def _bereikbaar(self, besluit: Besluit, regel: Regel, strook: Tijdvak) -> str:
        names, on_another_day = frozenset(strook.kegel.velden), strook.kegel.andere_dag
        widest = list(gevallen(names, andere_dag=on_another_day, ruimste=True))
        others = [one for one in gevallen(names, andere_dag=on_another_day) if one not in widest]
        found = getuige(strook, widest, others, lambda writer: writer.waar(regel.als, besluit.datum))
        if found.model is not None:
            return BEREIKBAAR
        return ONBEREIKBAAR if found.hoe else ONBEWEZEN


def _within(names: set[str], used: set[str]) -> bool:
    return bool(names) and names <= used


def _holds(claim: Bewering, stand: Stand, writer: Vertaler) -> Term:
    return niet(claim.tegen(stand)(writer))


def _lees(text: str) -> Bevinding:
    value: dict[str, Any] = json.loads(text)
    value["huishouden"], value["mis"] = tuple(value["huishouden"]), tuple(value["mis"])
    value["regels"] = tuple((name, state) for name, state in value["regels"])
    return Bevinding(**value)


_VERSIE: list[str] = []


def _versie() -> str:
    """What decides how a claim is shown: these files, the language and Z3. Another version shows everything again."""
    if not _VERSIE:
        folder = files("regels")
        parts = [
            path.read_bytes() for path in sorted((folder / "lezers" / "bewijs").iterdir(), key=str) if path.is_file()
        ]
        parts += [(folder / name).read_bytes() for name in ("taal.py", "taal.lark", "typen.py", "stand.py", "vraag.py")]
        _VERSIE.append(hashlib.sha256(b"".join(parts) + z3.get_version_string().encode()).hexdigest())
    return _VERSIE[0]
