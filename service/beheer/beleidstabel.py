"""A table of a policy as fields: rows over one or two things, of which only the upper edge of a stretch is asked.

The lower edge of a stretch is that of the row before it, on the other side: so rows always touch and never overlap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from regels.beleid.banden import GETALLEN, WOORDEN
from service.beheer.beleidskeus import Keusvak
from service.beheer.beleidsvakken import ER, Getalvak, Getypt, Pad, Plat, Vinkvak, Vormlezing, Woordvak, as_list

BOVEN: Final = ("tot_en_met", "tot")
NAAR: Final = (*GETALLEN, *WOORDEN)
_VOLGENDE: Final = {"tot_en_met": "boven", "tot": "vanaf"}
_AANDEEL: Final = "aandeel_wws"


@dataclass(frozen=True)
class Tabelvak:
    """The table; ``cel`` is what a home gets in a row."""

    cel: Keusvak

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """As it is typed."""
        if not isinstance(waarde, dict) or "rijen" not in waarde:
            return {}
        names = [str(name) for name in as_list(waarde.get("naar", []))]
        found = {f"{at}.naar.{index}": name for index, name in enumerate(names)}
        if "afgerond_op" in waarde:
            found |= Getalvak("procent").typ(waarde["afgerond_op"], f"{at}.afgerond_op")
        return found | self._typ_rijen(as_list(waarde["rijen"]), names, f"{at}.rijen")

    def _typ_rijen(self, rows: Iterable[Plat], names: list[str], at: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for index, row in enumerate(rows):
            here = f"{at}.{index}"
            found[f"{here}.{ER}"] = "1"
            if not isinstance(row, dict) or not names:
                continue
            if "is" in row:
                found |= Vinkvak(WOORDEN.get(names[0], ())).typ(row["is"], f"{here}.is")
            for edge in BOVEN:
                if edge in row:
                    found |= {f"{here}.rand": edge} | edge_of(names[0]).typ(row[edge], f"{here}.grens")
            if "rijen" in row:
                found |= self._typ_rijen(as_list(row["rijen"]), names[1:], f"{here}.rijen")
            elif "krijgt" in row:
                found |= self.cel.typ(row["krijgt"], f"{here}.krijgt")
        return found

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """As it stands in the file."""
        names = dimensions(lezing.getypt, at)
        lezing.waar[(*pad, "naar")] = f"{at}.naar.0"
        if not names:
            lezing.fout(f"{at}.naar.0", "Kies waar het van afhangt.")
            return None
        found: dict[str, Plat] = {"naar": names[0] if len(names) == 1 else [*names]}
        rounded = Getalvak("procent").lees(lezing, f"{at}.afgerond_op", (*pad, "afgerond_op"), False)
        if rounded is not None:
            found["afgerond_op"] = rounded
        found["rijen"] = self._lees_rijen(lezing, names, f"{at}.rijen", (*pad, "rijen"))
        return found

    def _lees_rijen(self, lezing: Vormlezing, names: list[str], at: str, pad: Pad) -> list[Plat]:
        lezing.waar[pad] = at
        found: list[Plat] = []
        lower: dict[str, Plat] = {}
        rows = list(lezing.rijen(at))
        if not rows:
            lezing.fout(at, "Voeg een rij toe.")
        for index, here in enumerate(rows):
            place = (*pad, index)
            lezing.waar[place] = f"{here}.krijgt.soort"
            row: dict[str, Plat] = {}
            if names[0] in WOORDEN:
                ticked = Vinkvak(WOORDEN[names[0]]).lees(lezing, f"{here}.is", (*place, "is"), True)
                row["is"] = ticked if ticked is not None else []
            else:
                row |= lower
                lower = self._rand(lezing, names[0], here, place, last=index == len(rows) - 1)
                row |= {edge: value for edge, value in lower.items() if edge in BOVEN}
                lower = {_VOLGENDE[edge]: value for edge, value in lower.items()}
            if len(names) > 1:
                row["rijen"] = self._lees_rijen(lezing, names[1:], f"{here}.rijen", (*place, "rijen"))
            else:
                gets = self.cel.lees(lezing, f"{here}.krijgt", (*place, "krijgt"), True)
                row["krijgt"] = gets if gets is not None else "onbekend"
            found.append(row)
        return found

    def _rand(self, lezing: Vormlezing, name: str, here: str, place: Pad, *, last: bool) -> dict[str, Plat]:
        """The upper edge of a row; the last one has none."""
        for edge in (*BOVEN, *_VOLGENDE.values()):
            lezing.waar[(*place, edge)] = f"{here}.grens"
        value = edge_of(name).lees(lezing, f"{here}.grens", (*place, "grens"), not last)
        if value is None:
            return {}
        side = Woordvak(BOVEN).lees(lezing, f"{here}.rand", (*place, "rand"), True)
        if last:
            lezing.fout(f"{here}.grens", "De laatste rij heeft geen bovengrens. Laat dit leeg, of voeg een rij toe.")
        return {str(side): value} if side is not None and not last else {}


def edge_of(name: str) -> Getalvak:
    """How an edge is typed: a share as a percentage, all else as an amount."""
    return Getalvak("procent" if name == _AANDEEL else "bedrag")


def dimensions(getypt: Getypt, at: str) -> list[str]:
    """What a table goes over, as far as it was chosen."""
    chosen = [getypt.get(f"{at}.naar.{index}", "") for index in (0, 1)]
    return [name for index, name in enumerate(chosen) if name in NAAR and name not in chosen[:index]]
