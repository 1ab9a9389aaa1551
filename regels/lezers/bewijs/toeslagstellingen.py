"""Claims about zorgtoeslag and kindgebonden budget, for :mod:`regels.lezers.bewijs.stellingen`."""

from collections.abc import Iterator
from typing import Final

from regels.lezers.bewijs.stelling import Stelling, Verloop

WZT, WKB = "Wet op de zorgtoeslag", "Wet op het kindgebonden budget"
ZONDER, MET = "inkomen_huurder", "inkomen_met_toeslagpartner"


def _toeslag(naam: str, kort: str, wet: str) -> Iterator[Stelling | Verloop]:
    """What holds of both: ``kort`` is how the quantities of this allowance begin."""
    for met, inkomen in (("zonder", ZONDER), ("met", MET)):
        yield Verloop(
            f"{kort}-{met}-toeslagpartner-daalt-met-inkomen",
            f"Bij een hoger inkomen is {naam} {met} toeslagpartner nooit hoger.",
            f"{wet} 2",
            wat=f"{kort}_{met}",
            met=inkomen,
            stijgt=False,
        )
    yield Verloop(
        f"{kort}-afronden-houdt-de-volgorde",
        f"Een hogere uitkomst van de formule van {naam} is ook na afronden nooit lager.",
        "Awir 14",
        wat=f"{kort}_jaar_afgerond",
        met=f"{kort}_formule",
        stijgt=True,
    )
    yield Verloop(
        f"{kort}-maandbedrag-volgt-de-formule",
        f"Een hogere uitkomst van de formule van {naam} geeft nooit een lager maandbedrag.",
        "Awir 14, proefberekening",
        wat=f"{kort}_maand_formule",
        met=f"{kort}_formule",
        stijgt=True,
        vanaf_nul=True,
        steunt_op=(f"{kort}-afronden-houdt-de-volgorde",),
    )
    yield Stelling(
        f"{kort}-maandbedrag-niet-boven-de-formule",
        f"Het maandbedrag van {naam} is nooit negatief, en twaalf keer dat bedrag is nooit meer dan de formule geeft.",
        "Awir 14, proefberekening",
        f"{kort}_maand_formule >= 0 en per_jaar({kort}_maand_formule) <= {kort}_formule",
        steunt_op=(f"{kort}-niet-boven-het-hoogste",),
    )


TOESLAGEN: Final[tuple[Stelling | Verloop, ...]] = (
    Stelling(
        "zorgtoeslag-niet-boven-het-hoogste",
        "De zorgtoeslag is nooit negatief, en nooit hoger dan het bedrag zonder afbouw.",
        f"{WZT} 2",
        "zorgtoeslag_zonder >= 0 en zorgtoeslag_zonder <= zorgtoeslag_hoogste_zonder "
        "en zorgtoeslag_met >= 0 en zorgtoeslag_met <= zorgtoeslag_hoogste_met "
        "en zorgtoeslag_hoogste_met <= zorgtoeslag_hoogste_zonder * 2",
    ),
    *_toeslag("zorgtoeslag", "zorgtoeslag", WZT),
    Verloop(
        "eigen-zorgtoeslag-daalt-met-inkomen",
        "Bij een hoger inkomen heeft een andere volwassene nooit meer eigen zorgtoeslag.",
        f"{WZT} 2",
        wat="zorgtoeslag_bewoner_formule",
        met="inkomen_opgave",
        stijgt=False,
        per_persoon=True,
    ),
    Stelling(
        "eigen-zorgtoeslag-niet-boven-het-hoogste",
        "De eigen zorgtoeslag van een ander is nooit negatief, en nooit hoger dan die van een alleenstaande.",
        f"{WZT} 2",
        "zorgtoeslag_bewoner_formule >= 0 en zorgtoeslag_bewoner_formule <= zorgtoeslag_hoogste_zonder",
        per_persoon=True,
    ),
    Stelling(
        "getoonde-zorgtoeslag-is-de-berekende",
        "Wie zorgtoeslag krijgt, ziet wat de formule geeft, en heeft een inkomen onder de getoonde grens.",
        f"{WZT} 2, Awir 14",
        "perMaand = zorgtoeslag_maand_formule en perJaar = zorgtoeslag_jaar_afgerond en perJaar >= minimum_toekenning "
        "en ruimte >= 0",
        als="zorgtoeslag_weg = recht",
        waarden_van="zorgtoeslag",
    ),
    Stelling(
        "kgb-niet-boven-het-hoogste",
        "Het kindgebonden budget is nooit negatief, en nooit hoger dan de bedragen samen.",
        f"{WKB} 2",
        "kgb_met >= 0 en kgb_met <= kgb_voor_kinderen + kgb_verhogingen "
        "en kgb_zonder >= 0 en kgb_zonder <= kgb_voor_kinderen + kgb_verhogingen + kgb_alleenstaande",
    ),
    *_toeslag("kindgebonden budget", "kgb", WKB),
    Stelling(
        "getoond-kindgebonden-budget-is-het-berekende",
        "Wie kindgebonden budget krijgt, ziet wat de formule geeft, en nooit minder dan wordt toegekend.",
        f"{WKB} 2, Awir 14",
        "perMaand = kgb_maand_formule en perJaar = kgb_jaar_afgerond en perJaar >= minimum_toekenning",
        als="kgb_weg = recht",
        waarden_van="kindgebonden-budget",
    ),
)
