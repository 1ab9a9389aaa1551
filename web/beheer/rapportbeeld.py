"""A report as a page shows it: its parts, with a link to where each line is mended, and who accepted what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.beheer.rapportvorm import STOP, WAARSCHUWING, Rapportdeel, Rapportregel, Regelrapport
from web.raamwerk.teksten import tekst


@dataclass(frozen=True, slots=True)
class Rapportzin:
    """A line, with the address and the words of a link; ``aanvaard`` says by whom and why."""

    tekst: str
    soort: str
    code: str
    adres: str
    naar: str
    aanvaard: str


@dataclass(frozen=True, slots=True)
class Rapportvak:
    """A part of a report: what asks something stands apart from what is only told."""

    sleutel: str
    titel: str
    vraagt: tuple[Rapportzin, ...]
    meldt: tuple[Rapportzin, ...]

    @property
    def open(self) -> bool:
        """Whether something in it is still to be done."""
        return any(one.soort == STOP or not one.aanvaard for one in self.vraagt)


class Rapportbeeld:
    """A report for a page; ``namen`` has what each account is called."""

    def __init__(self, naam: str, rapport: Regelrapport, namen: Mapping[str, str]) -> None:
        self.rapport = rapport
        self._naam, self._names = naam, namen

    def vakken(self) -> Iterator[Rapportvak]:
        """Every part."""
        for part in self.rapport.delen:
            yield self._part(part)

    def vak(self, sleutel: str) -> Rapportvak | None:
        """One part; None where the report has none of it."""
        return next((self._part(part) for part in self.rapport.delen if part.sleutel == sleutel), None)

    def aanvaard(self) -> tuple[Rapportzin, ...]:
        """The warnings that were accepted."""
        return tuple(self._line(line) for line in self.rapport.waarschuwingen if line.code in self.rapport.aanvaard)

    def wie(self, id_: str) -> str:
        """What an account is called."""
        return self._names.get(id_) or tekst("keuring.rapport.weg")

    def _part(self, part: Rapportdeel) -> Rapportvak:
        lines = [self._line(line) for line in part.regels]
        asks = tuple(line for line in lines if line.soort in (STOP, WAARSCHUWING))
        return Rapportvak(part.sleutel, part.titel, asks, tuple(line for line in lines if line not in asks))

    def _line(self, line: Rapportregel) -> Rapportzin:
        address, where = self._mended(line)
        known = self.rapport.aanvaard.get(line.code) if line.soort == WAARSCHUWING else None
        said = tekst("keuring.rapport.aanvaard", wie=self.wie(known.door), reden=known.reden) if known else ""
        return Rapportzin(line.tekst, line.soort, line.code, address, where, said)

    def _mended(self, line: Rapportregel) -> tuple[str, str]:
        """Where a line is mended: at the figures, at a policy, or in the file."""
        owner, _, file = line.bestand.partition("/")
        stem = file.removesuffix(".yaml")
        begin = f"/beheer/concepten/{self._naam}"
        if line.groep:
            cell = "bij-groep"
            if line.cijfer:
                cell = f"w-{line.cijfer}.{line.cel}" if line.cel else f"bij-cijfer-{line.cijfer}"
            return f"{begin}/cijfers/{owner}/{stem}/{line.groep}#{cell}", tekst("keuring.rapport.naar_cijfers")
        if stem.startswith("beleid/"):
            round_ = stem.removeprefix("beleid/")
            return f"{begin}/beleid/{owner}/{round_}", tekst("keuring.rapport.naar_beleid")
        if file and "/" not in file:
            return f"{begin}/bestanden/{owner}/{file}", tekst("keuring.rapport.naar_bestand")
        return "", ""
