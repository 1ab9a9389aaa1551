"""What somebody filled in for a group of figures, put in the files of a draft: what can be read is kept.

A form brings with each value what stood there when its page was made. So what somebody else filled in meanwhile is
never overwritten unseen: the second hears of it, and keeps what was typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from regels.jaarwissel.invulgroepen import Invulcijfer, Invulgroep, invulling
from regels.jaarwissel.jaarbestanden import lees
from regels.jaarwissel.jaarkeur import keur
from regels.jaarwissel.keurbevinding import STOP
from regels.regelset import ZEKERHEDEN
from service.beheer.beheerfouten import BeheerFout, GeenConcept
from service.beheer.cijfertekst import gelezen_cijfer
from service.beheer.jaarschrift import CONCEPT, OPMERKING, Jaarvak, ingevuld, met_bron, met_stand
from service.beheer.wetsbron import genoemde_artikelen
from service.invoer.bedragen import Melding
from service.invoer.datums import read_date

# the choices of a source beside its key: as the group, as the year before, and the one that is described below
GROEP, ZELFDE, NIEUW = "", "=", "nieuw"
# the fields of a source that is described
BRONVELDEN: Final = ("titel", "url", "datum", "vindplaats")
_YEAR: Final = re.compile(r"20\d\d")
_LONGEST: Final = 500
Bestanden = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Groepsplaats:
    """Where a group of figures stands."""

    eigenaar: str
    jaar: str
    groep: str

    @property
    def bestand(self) -> str:
        """The name of its file."""
        return f"{self.eigenaar}/{self.jaar}.yaml"

    def groep_in(self, bestanden: Bestanden) -> Invulgroep:
        """The group as it stands there. Raises :class:`GeenConcept` when it is not there."""
        year = int(self.jaar) if self.jaar.isascii() and self.jaar.isdigit() and len(self.jaar) == 4 else 0
        for one in invulling(bestanden, year) if self.bestand in bestanden else ():
            if (one.bestand, one.groep) == (self.bestand, self.groep):
                return one
        raise GeenConcept(f"In dit concept is geen groep '{self.groep[:80]}' in {self.bestand[:80]}.")


@dataclass(slots=True)
class Ingevoerd:
    """What became of a form: how many values were kept, what could not be read, and what somebody else did meanwhile.

    ``fouten`` and ``botsingen`` are by the name of the field, without what it is of.
    """

    bewaard: int = 0
    fouten: dict[str, str] = field(default_factory=dict)
    botsingen: dict[str, str] = field(default_factory=dict)
    bron: str = ""
    bestanden: Bestanden = field(default_factory=dict)

    @property
    def goed(self) -> bool:
        """Whether everything was kept."""
        return not self.fouten and not self.botsingen


def invoeren(bestanden: Bestanden, plaats: Groepsplaats, gegeven: Mapping[str, str]) -> Ingevoerd:
    """The files with what was filled in (``w.``, beside ``o.`` which stood there), its sources and certainty."""
    group, told = plaats.groep_in(bestanden), Ingevoerd()
    files = dict(bestanden)
    known = set(lees(bestanden).bronnen)
    places: dict[Jaarvak, str] = {}
    described = _described(gegeven, told)
    if described is not None:
        told.bron = _key(described["titel"], group.venster.vanaf.year, known)
        name = f"{plaats.eigenaar}/bronnen.yaml"
        places_in_law = genoemde_artikelen(bestanden, described["url"], described["vindplaats"])
        files[name] = met_bron(files.get(name, b""), told.bron, **described, artikelen=places_in_law)
        known.add(told.bron)
    for figure in group.cijfers:
        for cell, now in figure.cellen.items():
            _value(told, places, plaats, figure, cell, now or "", gegeven)
        _source(told, places, plaats, figure, gegeven, known)
        _certainty(told, places, plaats, figure, gegeven)
        _remark(told, places, plaats, figure, gegeven)
    if places:
        files[plaats.bestand] = ingevuld(files[plaats.bestand], places)
    told.bewaard = len({(place.cijfer, place.deel, place.cel) for place in places})
    told.bestanden = files
    return told


def vastgesteld(bestanden: Bestanden, plaats: Groepsplaats) -> Bestanden:
    """The files in which a group is no draft any more. Raises :class:`BeheerFout` with what stands in the way."""
    group = plaats.groep_in(bestanden)
    empty = [figure.label for figure in group.cijfers if figure.leeg]
    if empty:
        raise BeheerFout(
            f"Deze groep is nog niet compleet. Vul waarde, bron en zekerheid in van: {'; '.join(empty[:5])}"
            f"{' en andere' if len(empty) > 5 else ''}."
        )
    found = keur(bestanden, int(plaats.jaar))
    stops = [one.zegt for one in found if (one.bestand, one.groep, one.soort) == (plaats.bestand, plaats.groep, STOP)]
    if stops:
        raise BeheerFout(f"Herstel eerst: {' '.join(stops[:3])}")
    return {**bestanden, plaats.bestand: met_stand(bestanden[plaats.bestand], plaats.groep, "")}


def weer_concept(bestanden: Bestanden, plaats: Groepsplaats) -> Bestanden:
    """The files in which a group is a draft again."""
    plaats.groep_in(bestanden)
    return {**bestanden, plaats.bestand: met_stand(bestanden[plaats.bestand], plaats.groep, CONCEPT)}


def groepsbron(groep: Invulgroep) -> str:
    """The sources that most figures of a group have, with commas; empty where none has any."""
    return _most(",".join(figure.bronnen) for figure in groep.cijfers if figure.bronnen)


def groepszekerheid(groep: Invulgroep) -> str:
    """The certainty that most figures of a group have."""
    return _most(figure.zekerheid for figure in groep.cijfers if figure.zekerheid)


def _most(values: Iterable[str]) -> str:
    found = list(values)
    return max(found, key=found.count, default="")


def zelfde_waarde(een: str, ander: str) -> bool:
    """Whether two texts are one value: 932.9 and 932.90 are."""
    try:
        return een == ander or Decimal(een) == Decimal(ander)
    except InvalidOperation:
        return False


# parts of a form


def _value(
    told: Ingevoerd,
    places: dict[Jaarvak, str],
    plaats: Groepsplaats,
    figure: Invulcijfer,
    cell: str,
    now: str,
    gegeven: Mapping[str, str],
) -> None:
    name = f"{figure.naam}.{cell}"
    if (typed := gegeven.get(f"w.{name}")) is None:
        return
    read = gelezen_cijfer(typed, figure.type)
    if isinstance(read, Melding):
        told.fouten[f"w.{name}"] = read.tekst
        return
    before = gegeven.get(f"o.{name}", now)
    if zelfde_waarde(read, before) or zelfde_waarde(read, now):
        return
    if now != before:
        told.botsingen[f"w.{name}"] = now
        return
    places[Jaarvak(plaats.groep, figure.naam, "waarde", cell)] = read


def _source(
    told: Ingevoerd,
    places: dict[Jaarvak, str],
    plaats: Groepsplaats,
    figure: Invulcijfer,
    gegeven: Mapping[str, str],
    known: set[str],
) -> None:
    name, choice = f"b.{figure.naam}", gegeven.get(f"b.{figure.naam}", GROEP)
    if choice == ZELFDE:
        choice = ",".join(figure.vorige.bronnen) if figure.vorige is not None else GROEP
    if choice == GROEP:
        choice = gegeven.get("bron", "")
        choice = told.bron if choice in ("", NIEUW) else choice
    if any(one not in known for one in choice.split(",")) or not choice:
        if choice:
            told.fouten[name] = "Deze bron is er niet meer. Kies een andere."
        return
    keys = choice.split(",")
    written = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
    _changed(
        told,
        places,
        Jaarvak(plaats.groep, figure.naam, "bron"),
        name,
        ",".join(figure.bronnen),
        choice,
        written,
        gegeven,
    )


def _certainty(
    told: Ingevoerd, places: dict[Jaarvak, str], plaats: Groepsplaats, figure: Invulcijfer, gegeven: Mapping[str, str]
) -> None:
    name = f"z.{figure.naam}"
    choice = gegeven.get(name, "") or gegeven.get("zekerheid", "")
    if choice in ZEKERHEDEN:
        vak = Jaarvak(plaats.groep, figure.naam, "zekerheid")
        _changed(told, places, vak, name, figure.zekerheid, choice, choice, gegeven)


def _remark(
    told: Ingevoerd, places: dict[Jaarvak, str], plaats: Groepsplaats, figure: Invulcijfer, gegeven: Mapping[str, str]
) -> None:
    name = f"n.{figure.naam}"
    if (typed := gegeven.get(name)) is None:
        return
    remark = " ".join(typed.split())
    if not remark.isprintable() or len(remark) > _LONGEST:
        told.fouten[name] = f"Schrijf gewone tekst, van hoogstens {_LONGEST} tekens."
        return
    vak = Jaarvak(plaats.groep, figure.naam, OPMERKING)
    _changed(told, places, vak, name, figure.opmerking, remark, remark, gegeven)


def _changed(
    told: Ingevoerd,
    places: dict[Jaarvak, str],
    vak: Jaarvak,
    name: str,
    now: str,
    choice: str,
    written: str,
    gegeven: Mapping[str, str],
) -> None:
    """Note a choice that differs from what stands there, unless somebody else chose meanwhile."""
    before = gegeven.get(f"o{name}", now)
    if choice in (now, before):
        return
    if now != before:
        # who only left the choice of the group as it was, chose nothing here
        if vak.deel == OPMERKING or gegeven.get(name, "") or gegeven.get(vak.deel, "") != gegeven.get(f"o{vak.deel}"):
            told.botsingen[name] = now
        return
    places[vak] = written


def _described(gegeven: Mapping[str, str], told: Ingevoerd) -> dict[str, str] | None:
    """A source that was described, when all of it is there."""
    found = {part: gegeven.get(f"nb.{part}", "").strip() for part in BRONVELDEN}
    if not any(found.values()):
        return None
    for part, text in found.items():
        if not text or len(text) > _LONGEST or not text.isprintable():
            told.fouten[f"nb.{part}"] = (
                f"Vul dit in, in hoogstens {_LONGEST} tekens." if not text else "Dit kan zo niet."
            )
    if found["url"] and not found["url"].startswith(("https://", "http://")):
        told.fouten["nb.url"] = "Begin het adres met https://"
    day = found["datum"]
    if day and not _YEAR.fullmatch(day):
        read = read_date(day)
        if isinstance(read, Melding):
            told.fouten["nb.datum"] = read.tekst
        else:
            found["datum"] = read.isoformat()
    return None if any(name.startswith("nb.") for name in told.fouten) else found


def _key(titel: str, jaar: int, known: set[str]) -> str:
    """A name for a source, of its title; the year is in it, for that says whether a source is of an older year."""
    plain = unicodedata.normalize("NFKD", titel).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:50].strip("-") or "bron"
    base = words if str(jaar) in words else f"{words}-{jaar}"
    name, number = base, 2
    while name in known:
        name, number = f"{base}-{number}", number + 1
    return name
