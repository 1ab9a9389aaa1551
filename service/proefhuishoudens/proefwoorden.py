"""What goes with each result on the illustrative households, in words: its limits, and how the checks came out."""

from collections.abc import Iterator, Sequence

from service.proefhuishoudens.marges import marges
from service.proefhuishoudens.proeftoets import HUURGRENSTOETSEN, Proefmeting, Proefuitkomst, opnamefactor


def limits_in_words() -> tuple[str, ...]:
    """What must be read with each result."""
    return tuple(marges()["grenzen"])


def checks_in_words(uitkomsten: Sequence[Proefuitkomst]) -> Iterator[str]:
    """Every number of every check with what it must be, and whether it is that."""
    for check in uitkomsten:
        for meting in check.metingen:
            said = f"{number(meting.waarde)} ({'klopt' if meting.klopt else 'klopt niet'}: {bounds(meting)})"
            yield f"{check.code} {check.zegt}, {meting.wat}: {said}."
    yield from remarks_in_words(uitkomsten)


def remarks_in_words(uitkomsten: Sequence[Proefuitkomst]) -> Iterator[str]:
    """What follows from checks that fail."""
    factor = opnamefactor(tuple(uitkomsten))
    if factor < 1:
        yield f"Niet elk recht op huurtoeslag wordt gebruikt: hier hoogstens {factor:.0%}."
    if any(not check.klopt for check in uitkomsten if check.code in HUURGRENSTOETSEN):
        yield f"De set voldoet niet aan {' en '.join(HUURGRENSTOETSEN)}. Gebruik hem niet voor een andere huurgrens."


def bounds(meting: Proefmeting) -> str:
    """Between what it must be."""
    low, high = (None if bound is None else number(bound) for bound in (meting.laagste, meting.hoogste))
    return f"{f'hoogstens {high}' if low is None else f'{low} tot {high}'} {meting.eenheid}".rstrip()


def number(value: float) -> str:
    """As a Dutch reader writes it: whole from a thousand on, else with a decimal."""
    return f"{value:,.0f}".replace(",", ".") if value >= 1000 else f"{value:.1f}".replace(".", ",")
