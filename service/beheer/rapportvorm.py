"""The form of a report: parts with lines, kept as JSON, printed as text. It says nothing of a moment or a machine."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

STOP: Final = "stop"
WAARSCHUWING: Final = "waarschuwing"
MELDING: Final = "melding"
# the parts, in their order, and what each is called
DELEN: Final[Mapping[str, str]] = {
    "let_op": "Let op",
    "bestanden": "Bestanden die anders zijn",
    "verschil": "Regels en cijfers die anders zijn",
    "controle": "Controle",
    "aannemelijk": "Wat er aan de cijfers opvalt",
    "gepubliceerd": "Gepubliceerde voorbeelden",
    "antwoorden": "Antwoorden die er al waren",
    "raakt": "Wie het raakt, op illustratieve huishoudens",
    "grenzen": "Onder, op en boven elke nieuwe grens",
    "bewijs": "Bewijs",
}
# what the code of a finding begins with where it is about the proof
GEEN_BEWIJS: Final = "bewijs:niet-gedaan"
_SOORTEN: Final = {STOP: "Fout: ", WAARSCHUWING: "Waarschuwing: ", MELDING: "", "": ""}


@dataclass(frozen=True, slots=True)
class Rapportregel:
    """A line: what it says, and where that stands. A ``stop`` is mended; a warning may be accepted by its ``code``."""

    tekst: str
    soort: str = ""
    code: str = ""
    bestand: str = ""
    groep: str = ""
    cijfer: str = ""
    cel: str = ""
    regel: int = 0


@dataclass(frozen=True, slots=True)
class Rapportdeel:
    """A part of a report; ``sleutel`` is one of :data:`DELEN`."""

    sleutel: str
    regels: tuple[Rapportregel, ...]

    @property
    def titel(self) -> str:
        """What it is called."""
        return DELEN[self.sleutel]


@dataclass(frozen=True, slots=True)
class Aanvaard:
    """Why a warning was accepted, and by which account."""

    reden: str
    door: str


@dataclass(frozen=True, slots=True)
class Regelrapport:
    """A report of a draft. ``inhoud`` is the hash of the content that it is about, ``bewijs`` whether it was proven."""

    inhoud: str
    kop: tuple[str, ...]
    delen: tuple[Rapportdeel, ...]
    bewijs: bool
    aanvaard: Mapping[str, Aanvaard] = field(default_factory=dict)

    @property
    def regels(self) -> Iterator[Rapportregel]:
        """Every line of every part."""
        return (line for part in self.delen for line in part.regels)

    @property
    def stops(self) -> tuple[Rapportregel, ...]:
        """What must be mended."""
        return tuple(line for line in self.regels if line.soort == STOP)

    @property
    def open(self) -> tuple[Rapportregel, ...]:
        """The warnings that nobody accepted."""
        return tuple(one for one in self.waarschuwingen if one.code not in self.aanvaard)

    @property
    def waarschuwingen(self) -> tuple[Rapportregel, ...]:
        """All warnings."""
        return tuple(line for line in self.regels if line.soort == WAARSCHUWING)

    @property
    def klopt(self) -> bool:
        """Whether it can be approved: nothing to mend, and every warning accepted."""
        return not self.stops and not self.open

    def met(self, aanvaard: Mapping[str, Aanvaard]) -> "Regelrapport":
        """The same report with these acceptances; those of other warnings are left out."""
        said = {line.code for line in self.waarschuwingen}
        return replace(self, aanvaard={code: aanvaard[code] for code in sorted(aanvaard) if code in said})

    def data(self) -> bytes:
        """As it is kept: the same report has the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode()

    @staticmethod
    def lees(data: bytes) -> "Regelrapport | None":
        """A report that was kept; None for one of before reports had a form."""
        try:
            told: dict[str, Any] = json.loads(data)
            return Regelrapport(
                inhoud=told["inhoud"],
                kop=tuple(told["kop"]),
                delen=tuple(
                    Rapportdeel(part["sleutel"], tuple(Rapportregel(**line) for line in part["regels"]))
                    for part in told["delen"]
                ),
                bewijs=told["bewijs"],
                aanvaard={code: Aanvaard(**one) for code, one in told["aanvaard"].items()},
            )
        except (ValueError, KeyError, TypeError):
            return None

    @property
    def tekst(self) -> str:
        """As a command prints it."""
        lines = [*self.kop, f"Inhoud: {self.inhoud}", ""]
        for part in self.delen:
            lines += [part.titel, *(said for line in part.regels for said in self._told(line)), ""]
        lines += ["Uitkomst", *self._outcome()]
        return "\n".join(lines) + "\n"

    def _told(self, line: Rapportregel) -> Iterator[str]:
        yield _SOORTEN[line.soort] + line.tekst
        if line.soort == WAARSCHUWING:
            known = self.aanvaard.get(line.code)
            yield f"  Code: {line.code}" if known is None else f"  Aanvaard door gebruiker {known.door}: {known.reden}"

    def _outcome(self) -> Iterator[str]:
        if self.klopt:
            yield "In orde."
        if self.stops:
            yield f"Niet in orde: {_count(len(self.stops), 'fout', 'fouten')} om te herstellen."
        if self.open:
            yield f"Niet in orde: {_count(len(self.open), 'waarschuwing', 'waarschuwingen')} om te aanvaarden."


def _count(many: int, one: str, more: str) -> str:
    return f"{many} {one if many == 1 else more}"
