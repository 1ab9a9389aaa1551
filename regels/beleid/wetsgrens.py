"""Policy above the law, as far as that can be seen without a home: refused while loading."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from regels.beleid.blokken import CATEGORIEEN, Beleid, Beleidsdeel, cellen
from regels.bestanden import Faults, Place
from regels.opmaak import datum, getal, maandbedrag
from regels.regelset import Cijfer

_PERCENTAGE: Mapping[str, str] = {
    "sociaal": "maximum_percentage",
    "kamer": "maximum_percentage_kamer",
    "woonwagen": "maximum_percentage_kamer",
    "middenhuur": "maximum_percentage_midden",
    "vrije_sector": "maximum_percentage_vrij",
}


@dataclass(frozen=True, slots=True)
class _Waarde:
    """A number of the policy: where it stands, and how it is written."""

    waarde: Decimal
    plaats: Place
    schrijf: Callable[[Decimal], str]


def keur(beleid: Beleid, cijfers: Mapping[str, list[Cijfer]], faults: Faults) -> None:
    """Refuse every number of ``beleid`` that the law never allows on the day it starts."""
    for deel in beleid.delen:
        _Wet(beleid, deel, cijfers, faults).keur()


class _Wet:
    def __init__(self, beleid: Beleid, deel: Beleidsdeel, cijfers: Mapping[str, list[Cijfer]], faults: Faults) -> None:
        self.dag, self.deel, self.cijfers, self.faults = beleid.ingangsdatum, deel, cijfers, faults

    def keur(self) -> None:
        part = self.deel
        percents = [cel for cel in cellen(part.basis.krijgt) if cel.soort in ("procent", "tot_streefhuur")]
        found = [_Waarde(cel.waarde, cel.plaats, _procent) for cel in percents if cel.waarde is not None]
        if part.energielabel is not None:
            found += [_Waarde(r.procent, r.plaats, _procent) for r in part.energielabel.rijen if r.procent is not None]
        found += [
            _Waarde(u.procent, u.plaats, _procent)
            for u in part.uitzonderingen
            if u.procent is not None and u.gevolg == "procent" and "iah" not in u.treft
        ]
        most = self._hoogste_percentage()
        for value in found:
            if most is not None:
                self._niet_boven(value, most, "mag de huur in deze ronde hoogstens omhoog")
        low = part.laag_bedrag
        if low.bedrag is not None and low.onder is not None:
            amount, limit = self._op("lage_huur_verhoging"), self._op("lage_huur_grens")
            if amount is not None:
                self._niet_boven(
                    _Waarde(low.bedrag, low.plaats, maandbedrag), amount, "mag bij een lage huur hoogstens"
                )
            if limit is not None:
                what = "is de huur waaronder een vast bedrag mag, hoogstens"
                self._niet_boven(_Waarde(low.onder, low.plaats, maandbedrag), limit, what)
        for category in CATEGORIEEN:
            cel, allowed = part.iah.per[category], self._op("iah_maximum", category)
            if cel.soort == "bedrag" and cel.waarde is not None and allowed is not None:
                value = _Waarde(cel.waarde, cel.plaats, maandbedrag)
                self._niet_boven(value, allowed, f"mag bij categorie {category} hoogstens")

    def _niet_boven(self, value: _Waarde, most: Decimal, what: str) -> None:
        if value.waarde > most:
            shown, limit = value.schrijf(value.waarde), value.schrijf(most)
            self.faults.add(value.plaats, f"{shown} is meer dan de wet toelaat: op {datum(self.dag)} {what} {limit}")

    def _hoogste_percentage(self) -> Decimal | None:
        """The highest that holds for one of the kinds of home of this part; None when one of them is not known."""
        if "garage" in self.deel.voor:
            return None
        limits = [self._op(_PERCENTAGE[word]) for word in self.deel.voor or ("sociaal", "kamer")]
        known = [limit for limit in limits if limit is not None]
        return max(known) * 100 if len(known) == len(limits) else None

    def _op(self, name: str, key: str = "") -> Decimal | None:
        figure = next((one for one in self.cijfers.get(name, []) if one.venster.bevat(self.dag)), None)
        if figure is None:
            return None
        value = figure.waarde[key] if isinstance(figure.waarde, Mapping) else figure.waarde
        return value if isinstance(value, Decimal) else None


def _procent(value: Decimal) -> str:
    return f"{getal(value)}%"
