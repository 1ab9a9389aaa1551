"""What must hold of the rent that the policy of a landlord gives: whatever the policy, it stays within the law."""

from collections.abc import Iterator

from regels.lezers.bewijs.stelling import BW, RONDE, UHW, Stelling, Verloop
from regels.lezers.bewijs.stellingen import STELLINGEN
from regels.regelset import Regelset

BESLUIT = "huurverhoging-beleid"
_GETOOND = frozenset({"nieuweHuur", "verhoging"})


def stellingen_van(regels: Regelset) -> tuple[Stelling | Verloop, ...]:
    """The claims about these rules: those that always hold, and those about what its landlords decided."""
    return (*STELLINGEN, *_beleid(regels))


def _beleid(regels: Regelset) -> Iterator[Stelling]:
    besluit = regels.besluiten.get(BESLUIT)
    shown = [frozenset(regel.waarden) for regel in besluit.regels] if besluit is not None else []
    if not any(names >= _GETOOND for names in shown):
        return
    # a loose garage is no dwelling: the law on rents of dwellings does not hold for it
    regulated = "regime = gewoon" + (" en niet garage" if "garage" in regels.velden else "")
    for id, said, source, claim, when in (
        (
            "beleid-niet-onder-de-oude-huur",
            "Met het beleid van een verhuurder is de nieuwe huur nooit lager dan de oude, en klopt de verhoging.",
            f"{BW}:252, {UHW} 13",
            "nieuweHuur >= huur_voor_ronde en verhoging = nieuweHuur - huur_voor_ronde",
            "ja",
        ),
        (
            "beleid-niet-boven-de-punten",
            "Met het beleid van een verhuurder gaat de huur nooit omhoog tot boven de maximale huur (WWS).",
            f"{UHW} 13",
            "nieuweHuur <= max(wws_maximum, huur_voor_ronde)",
            regulated,
        ),
        (
            "beleid-binnen-de-wet",
            "Met het beleid van een verhuurder is de nieuwe huur nooit hoger dan de wet toelaat.",
            f"{UHW} 10 en 13, {BW}:252a",
            "nieuweHuur <= hoogste_nieuwe_huur",
            f"{regulated} en niet te_kort_geleden",
        ),
        (
            "beleid-zonder-hoger-inkomen",
            "Zonder een hoger inkomen is de nieuwe huur nooit hoger dan de gewone verhoging van de wet.",
            f"{UHW} 10",
            "nieuweHuur <= gewone_nieuwe_huur",
            f"{regulated} en inkomenscategorie in (laag, geen)",
        ),
    ):
        yield Stelling(id, said, source, claim, when, datum=RONDE, waarden_van=BESLUIT)
    if any(names >= {"nieuweHuur", "wettelijkMaximum"} for names in shown):
        yield Stelling(
            "beleid-niet-boven-wat-de-wet-toelaat",
            "De nieuwe huur is nooit hoger dan het wettelijke maximum dat erbij wordt getoond.",
            f"{UHW} 10",
            "nieuweHuur <= wettelijkMaximum",
            datum=RONDE,
            waarden_van=BESLUIT,
        )
