"""What a year costs: the rent for the landlord, and for tenants that rent less their huurtoeslag."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from regels.lezers import kolommen
from regels.lezers.kolommen import Kolom
from service.effect.effectuitkomst import Kosten
from service.effect.kanten import NIEUWE_HUUR, Vergelijkkant

MONTHS: Final = 12
_RENT, _BEFORE = "woning_kale_huur", "woning_huur_voor_ronde"
_NOTHING: Final = ("nee", "niet_van_toepassing")
_CENTS: Final = 100


def kosten(
    kanten: Sequence[Vergelijkkant], frame: pl.DataFrame, antwoorden: Sequence[pl.DataFrame], gewicht: pl.Series
) -> list[Kosten | None]:
    """The cost of each side, of the same households for all of them; None where no rent is known."""
    if _RENT not in frame.columns:
        return [None] * len(kanten)
    rents = [_rent_after(kant, frame, answers) for kant, answers in zip(kanten, antwoorden, strict=True)]
    allowances = [_allowance(kant, frame, rent) for kant, (rent, _) in zip(kanten, rents, strict=True)]
    known = pl.Series("bekend", [True]).new_from_index(0, frame.height)
    for (rent, _), allowance in zip(rents, allowances, strict=True):
        known &= rent.is_not_null() & allowance.is_not_null()
    if not known.any():
        return [None] * len(kanten)
    weight = gewicht.filter(known)
    return [
        Kosten(
            kant.naam,
            _whole(weight),
            _whole(weight.filter(new.filter(known))),
            _whole(rent.filter(known) * weight * MONTHS / _CENTS),
            _whole(allowance.filter(known) * weight * MONTHS),
        )
        for kant, (rent, new), allowance in zip(kanten, rents, allowances, strict=True)
    ]


def _whole(weighed: pl.Series) -> int:
    return round(float(weighed.sum()))


def _rent_after(kant: Vergelijkkant, frame: pl.DataFrame, answers: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The rent by this side in cents, and whether the policy of a landlord gave it."""
    given = [pl.col(k.naam) * _CENTS // k.deler for k in rent_columns(kant) if k.naam in answers.columns]
    stood = standing_rent(frame)
    assert stood is not None
    if not given:
        return stood, pl.Series("nieuw", [False]).new_from_index(0, frame.height)
    new = answers.select(nieuw=pl.coalesce(given))["nieuw"]
    return new.fill_null(stood) if new.null_count() else new, new.is_not_null()


def standing_rent(frame: pl.DataFrame) -> pl.Series | None:
    """The rent before the round, in cents; None where the table has no rent."""
    before = [pl.col(name) for name in (_BEFORE, _RENT) if name in frame.columns]
    return frame.select(huur=pl.coalesce(before).cast(pl.Int64))["huur"] if before else None


def rent_columns(kant: Vergelijkkant) -> tuple[Kolom, ...]:
    """The columns in which the policy of a landlord gives a new rent."""
    return tuple(kolom for kolom in kant.kolommen if kolom.naam.endswith(f"__{NIEUWE_HUUR}"))


def _allowance(kant: Vergelijkkant, frame: pl.DataFrame, rent: pl.Series) -> pl.Series:
    """The huurtoeslag in euros a month at this rent; zero with a sure no, empty where it is not known."""
    for id, besluit in kant.regels.besluiten.items():
        if besluit.onderwerp == "huurtoeslag" and besluit.som is not None and besluit.som.maand:
            amount = f"{id}__{besluit.som.maand}"
            outcome = pl.col(f"{id}__uitkomst").cast(pl.String)
            paid = frame.with_columns(rent.alias(_RENT))
            found = kolommen.Tabeltoets(kant.regels, kant.peildatum, kant.huurronde, [id], ontbreekt=False)
            shown = next((kolom for kolom in found.kolommen if kolom.naam == amount), None)
            if shown is None:
                continue
            answers = kant.run(found, paid, [f"{id}__uitkomst", amount])
            sure = pl.when(outcome == "ja").then(pl.col(amount) / shown.deler).when(outcome.is_in(_NOTHING)).then(0)
            return answers.select(toeslag=sure.otherwise(None).cast(pl.Float64))["toeslag"]
    return pl.Series("toeslag", [None], dtype=pl.Float64).new_from_index(0, frame.height)
