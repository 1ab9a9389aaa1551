"""The rent that a policy gives, in plain Python from the order of application; nothing of the product is used.

A policy is what ``yaml.safe_load`` makes of a file with numbers as text. It is about regulated contracts of the round
of 2026, without a clause, a discount or defects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

D = Decimal
HOOGSTE, LAGE_HUUR, LAAG_ERBIJ = D("0.041"), D(350), D(25)
IAH_WET = {"midden": D(50), "hoog": D(100)}
GRENZEN = {
    "kwaliteitskortingsgrens": D("498.20"),
    "laag": D("713.02"),
    "hoog": D("764.14"),
    "liberalisatiegrens": D("932.93"),
}
Beleid = Mapping[str, Any]


@dataclass(frozen=True)
class Huishouden:
    """What a policy may ask for."""

    huur: Decimal
    punten: Decimal
    streefhuur: Decimal
    label: str  # empty: the home has none
    twijfel: bool
    categorie: str
    personen: int
    zelfstandig: bool
    feiten: Mapping[str, bool]


class Open(Exception):
    """The policy does not say what this home gets."""


def bereken(deel: Beleid, h: Huishouden) -> tuple[str, str, Decimal | None]:
    """The outcome, the ground and the new rent of this household with this part."""
    try:
        return ("ja", *_Rekening(deel, h).uit())
    except Open as gap:
        return "voorleggen", str(gap), None


class _Rekening:
    def __init__(self, deel: Beleid, h: Huishouden) -> None:
        self.deel, self.h = deel, h
        self.label = deel.get("energielabel")

    def uit(self) -> tuple[str, Decimal]:
        h, ordinary = self.h, self._wet_gewoon()
        everything = self._uitzondering("alles")
        if everything is not None and everything["gevolg"] == "geen":
            return "geen", h.huur
        if everything is not None and "procent" in everything["gevolg"]:
            return self._na_grenzen("percentage", h.huur * self._procent(everything["gevolg"]["procent"]), ordinary)
        if (income := self._inkomen()) is not None:
            most = max(ordinary, h.huur + (IAH_WET[h.categorie] if h.zelfstandig else 0))
            lawful = min(max(h.punten, h.huur), most)
            return self._na_grenzen("inkomensafhankelijk", self._hoogstens(everything, income), lawful)
        ground, rise = self._gewoon()
        if ground in ("geen", "ontzien") and rise is None:
            return ground, h.huur
        assert rise is not None
        return self._na_grenzen(ground, self._hoogstens(everything, rise), ordinary)

    # steps 3 to 5

    def _inkomen(self) -> Decimal | None:
        """The income-dependent increase; None when the ordinary one holds."""
        block, h = self.deel["iah"], self.h
        if h.categorie not in ("midden", "hoog") or block == "nee":
            return None
        cell = "onbekend" if block == "onbekend" else block[h.categorie]
        if cell == "geen" or (cell != "onbekend" and not h.zelfstandig):
            return None
        if block != "onbekend" and "alleen_als" in block and not h.huur < D(block["alleen_als"].split("<")[1].strip()):
            return None
        exception = self._uitzondering("iah")
        if exception is not None and exception["gevolg"] == "geen":
            return None
        stops = self.label.get("stopt_iah", "onbekend") if self.label and self._ooit_ontzien() else "nee"
        if cell == "onbekend" and stops != "ja":
            raise Open("inkomen-onbekend")
        if stops != "nee":
            self._twijfel()
            if self._krijgt() != "gewoon":
                if stops == "ja":
                    return None
                raise Open("label-en-inkomen")
        if cell == "onbekend":
            raise Open("inkomen-onbekend")
        rise = {"wettelijk": IAH_WET[h.categorie]}.get(cell) if isinstance(cell, str) else self._getal(cell)
        assert rise is not None
        if exception is not None:
            percent = h.huur * self._procent(next(iter(exception["gevolg"].values())))
            rise = percent if "procent" in exception["gevolg"] else min(rise, percent)
        lawful = LAAG_ERBIJ if self._is_laag() else h.huur * HOOGSTE
        counts = not self._rekent() or self._laag() is not True  # the low amount comes instead of the base
        if block.get("minstens_basis", "onbekend") != "nee" and counts and self._cel(self.deel["basis"]) == "onbekend":
            if rise < lawful:
                raise Open("inkomen-of-basis")
            return rise if not self._rekent() else max(rise, self._bedrag_na_label())
        least = self._bedrag_na_label()
        if block.get("minstens_basis", "onbekend") == "ja":
            return max(rise, least)
        if block.get("minstens_basis", "onbekend") == "onbekend" and self._rekent() and rise < least:
            raise Open("inkomen-of-basis")
        return rise

    def _gewoon(self) -> tuple[str, Decimal | None]:
        """The ordinary increase with its ground, or a ground without an increase."""
        gets, low = "gewoon", self._laag()
        less = self.label is not None and self._ooit("procent", "niet")
        if self.label is not None:
            self._twijfel()
            gets = self._krijgt()
        if less and gets != "gewoon":
            stops = self.label.get("stopt_laag_bedrag", "onbekend")  # type: ignore[union-attr]
            if low == "onbekend" and self._is_laag() and stops != "ja" and self._rekent():
                raise Open("laag-bedrag-onbekend")
            if low is True and stops == "onbekend":
                raise Open("label-en-laag-bedrag")
            if gets == "niet" and not (low is True and stops == "nee"):
                return "ontzien", None
            low = False if stops == "ja" else low
        if not self._rekent():
            raise Open("basis-onbekend")
        if low is True:
            return "laag-bedrag", self._laag_bedrag()
        if low == "onbekend" and self._is_laag():
            raise Open("laag-bedrag-onbekend")
        exception = self._uitzondering("basis")
        if exception is not None and exception["gevolg"] == "geen":
            return "geen", None
        cell = self._cel(self.deel["basis"])
        if exception is None or "procent" not in exception["gevolg"]:
            if cell == "onbekend":
                raise Open("basis-onbekend")
            if cell == "geen":
                return "geen", None
        rise = self._basis()
        if less and gets not in ("gewoon", "niet"):
            spared = min(rise, self.h.huur * self._procent(gets))
            return ("ontzien" if spared < rise else "percentage"), spared
        target = isinstance(cell, dict) and "tot_streefhuur" in cell and exception is None
        if target and self._uitzondering_met("alles", "hoogstens") is None and self.h.huur + rise >= self.h.streefhuur:
            return "tot-grens", rise
        return "percentage", rise

    def _bedrag_na_label(self) -> Decimal:
        if not self._rekent():
            return D(0)
        rise = self._laag_bedrag() if self._laag() is True else self._basis()
        if self.label is None:
            return rise
        gets, keeps = self._krijgt(), self._laag() is True and self.label.get("stopt_laag_bedrag") == "nee"
        if gets == "gewoon" or keeps:
            return rise
        return D(0) if gets == "niet" else min(self._basis(), self.h.huur * self._procent(gets))

    def _basis(self) -> Decimal:
        rise = self._getal(self._cel(self.deel["basis"]))
        exception = self._uitzondering("basis")
        if exception is None:
            return rise
        if exception["gevolg"] == "geen":
            return D(0)
        percent = self.h.huur * self._procent(next(iter(exception["gevolg"].values())))
        return percent if "procent" in exception["gevolg"] else min(rise, percent)

    # steps 6 to 8

    def _na_grenzen(self, ground: str, rise: Decimal, lawful: Decimal) -> tuple[str, Decimal]:
        h = self.h
        rounding = self.deel.get("afronding", "cent")
        step, how = (D("0.01"), "naar_beneden") if rounding == "cent" else (D(rounding["op"]), rounding["hoe"])
        mode = {"naar_beneden": ROUND_FLOOR, "halve_omhoog": ROUND_HALF_UP, "naar_boven": ROUND_CEILING}[how]
        rounded = ((h.huur + rise) / step).to_integral_value(mode) * step
        new = max(h.huur, min([rounded, lawful, *self._grenzen()]))
        if new < rounded and (new < lawful or new >= h.punten):
            return "tot-grens", new
        if ground == "tot-grens":
            return ground, new
        return ("geen" if new <= h.huur else ground), new

    def _grenzen(self) -> list[Decimal]:
        found = []
        for limit in self.deel.get("tot", ()):
            if "inkomen" in limit and self.h.categorie not in limit["inkomen"]:
                continue
            if "personen" in limit and self.h.personen > int(limit["personen"]["tot_en_met"]):
                continue
            kind = limit["grens"]
            if kind == "bedrag":
                found.append(D(limit["bedrag"]))
            elif kind == "streefhuur":
                found.append(self.h.streefhuur)
            elif kind == "aftoppingsgrens":
                found.append(GRENZEN["laag" if self.h.personen <= 2 else "hoog"])
            else:
                found.append(GRENZEN[kind])
        return found

    def _wet_gewoon(self) -> Decimal:
        h = self.h
        rise = LAAG_ERBIJ if self._is_laag() else h.huur * HOOGSTE
        return max(h.huur, min(h.punten, (h.huur + rise).quantize(D("0.01"), ROUND_FLOOR)))

    # help

    def _hoogstens(self, exception: Beleid | None, rise: Decimal) -> Decimal:
        if exception is None:
            return rise
        return min(rise, self.h.huur * self._procent(exception["gevolg"]["hoogstens"]))

    def _uitzondering(self, what: str) -> Beleid | None:
        for exception in self.deel.get("uitzonderingen", ()):
            if what in exception["treft"] and self.h.feiten[exception["als"]]:
                return exception  # type: ignore[no-any-return]
        return None

    def _uitzondering_met(self, what: str, result: str) -> Beleid | None:
        found = self._uitzondering(what)
        return found if found is not None and result in found["gevolg"] else None

    def _is_laag(self) -> bool:
        return self.h.zelfstandig and self.h.huur < LAGE_HUUR

    def _laag(self) -> bool | str:
        """Whether the low amount comes instead of the base; ``onbekend`` when the policy does not say."""
        block = self.deel["laag_bedrag"]
        if block in ("nee", "onbekend"):
            return False if block == "nee" else "onbekend"
        if not self._rekent() or self._uitzondering("laag_bedrag") is not None:
            return False if self._rekent() else self._onder(block)
        return self._onder(block)

    def _onder(self, block: Any) -> bool:
        if self._uitzondering("laag_bedrag") is not None:
            return False
        return self._is_laag() if block == "wettelijk" else self.h.zelfstandig and self.h.huur < D(block["onder"])

    def _laag_bedrag(self) -> Decimal:
        block = self.deel["laag_bedrag"]
        return LAAG_ERBIJ if block == "wettelijk" else D(block["bedrag"])

    def _rekent(self) -> bool:
        return any(cell != "onbekend" for cell in _cellen(self.deel["basis"]))

    def _cel(self, gets: Any) -> Any:
        if not isinstance(gets, dict) or "tabel" not in gets:
            return gets
        table = gets["tabel"]
        return self._rij(table["rijen"], [table["naar"]] if isinstance(table["naar"], str) else table["naar"], table)

    def _rij(self, rows: Sequence[Any], names: Sequence[str], table: Beleid) -> Any:
        for row in rows:
            if self._past(row, names[0], table):
                return row["krijgt"] if "krijgt" in row else self._rij(row["rijen"], names[1:], table)
        raise AssertionError("no row holds this home")

    def _past(self, row: Beleid, name: str, table: Beleid) -> bool:
        h = self.h
        if name == "inkomen":
            return h.categorie in row["is"]
        if name == "positie_streefhuur":
            return ("onder" if h.huur < h.streefhuur else "op" if h.huur == h.streefhuur else "boven") in row["is"]
        value = {"huurprijs": h.huur, "afstand_streefhuur": h.streefhuur - h.huur}.get(name, h.huur / h.punten * 100)
        if name == "aandeel_wws" and "afgerond_op" in table:
            step = D(table["afgerond_op"])
            value = (value / step).to_integral_value(ROUND_HALF_UP) * step
        low = ("vanaf" not in row or value >= D(row["vanaf"])) and ("boven" not in row or value > D(row["boven"]))
        return (
            low
            and ("tot" not in row or value < D(row["tot"]))
            and ("tot_en_met" not in row or value <= D(row["tot_en_met"]))
        )

    def _getal(self, cell: Any) -> Decimal:
        h = self.h
        if cell in ("geen", "onbekend"):
            return D(0)
        if cell == "wettelijk":
            return LAAG_ERBIJ if self._is_laag() else h.huur * HOOGSTE
        kind, value = next(iter(cell.items()))
        if kind == "tot_streefhuur":
            return max(D(0), min(h.streefhuur - h.huur, h.huur * self._procent(value["hoogstens"])))
        return D(value) if kind == "bedrag" else h.huur * self._procent(value)

    def _procent(self, value: Any) -> Decimal:
        return D(value) / 100

    def _krijgt(self) -> str:
        """What the label gives: ``gewoon``, ``niet`` or a percentage."""
        assert self.label is not None
        label = (
            "G"
            if self.h.twijfel and self.label.get("bij_twijfel") == "als_slechtste" and self.h.label
            else self.h.label
        )
        for row in self.label["rijen"]:
            if (label or "zonder_label") in row["is"]:
                return row["krijgt"] if isinstance(row["krijgt"], str) else row["krijgt"]["procent"]
        raise AssertionError("no row holds this label")

    def _ooit(self, *kinds: str) -> bool:
        assert self.label is not None
        return any(
            (row["krijgt"] if isinstance(row["krijgt"], str) else "procent") in kinds for row in self.label["rijen"]
        )

    def _ooit_ontzien(self) -> bool:
        return self._ooit("niet", "procent")

    def _twijfel(self) -> None:
        assert self.label is not None
        same = len({str(row["krijgt"]) for row in self.label["rijen"]}) == 1
        if self.h.twijfel and self.label.get("bij_twijfel", "voorleggen") == "voorleggen" and not same:
            raise Open("label-klopt-niet")


def _cellen(gets: Any) -> list[Any]:
    if not isinstance(gets, dict) or "tabel" not in gets:
        return [gets]
    todo, found = list(gets["tabel"]["rijen"]), []
    while todo:
        row = todo.pop()
        if "krijgt" in row:
            found.append(row["krijgt"])
        else:
            todo += row["rijen"]
    return found
