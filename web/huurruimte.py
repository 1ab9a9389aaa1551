"""What a household without a dwelling can rent: the answer again at each limit of the classes. It decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from regels import Regelset, Vraag, toets
from regels.opmaak import bedrag, maandbedrag
from regels.uitslag import Conclusie, Uitslag
from web.teksten import tekst

# the limits that the decision about the rent class shows
_GRENZEN = ("kwaliteitskortingsgrens", "aftoppingsgrensLaag", "aftoppingsgrensHoog", "daebHuurgrens")


@dataclass(frozen=True, slots=True)
class Huurregel:
    """One rent at a limit: its class, whether it fits, the allowance and what remains to be paid."""

    huur: str
    klasse: str
    passend: Conclusie
    toeslag: Conclusie
    bedrag: str
    netto: str


@dataclass(frozen=True, slots=True)
class Huurruimte:
    """The highest fitting rent in one sentence, and the table of rents."""

    zin: str
    regels: tuple[Huurregel, ...]


def show_room(regels: Regelset, vraag: Vraag, uitslag: Uitslag) -> Huurruimte | None:
    """The rents for a household without a dwelling; None when a rent was filled in, or nothing can be said."""
    own = vraag.woning
    if own is not None and own.kale_huur is not None:
        return None
    found = {c.id: c for c in uitslag.conclusies}
    if "passende-huur" not in found or "huurklasse" not in found:
        return None
    limits = found["huurklasse"].waarden
    rents = sorted({value for name in _GRENZEN if isinstance(value := limits.get(name), Decimal)})
    return Huurruimte(_sentence(found), tuple(_lines(regels, vraag, rents)))


def _sentence(found: Mapping[str, Conclusie]) -> str:
    group = found.get("primaire-doelgroep")
    limit = next((shown.tekst for shown in group.weergave if shown.naam == "huurgrens"), "") if group else ""
    if group is not None and group.uitkomst == "nee":
        return tekst("invoer.huren.niet_passend")
    if group is not None and group.uitkomst == "ja" and limit:
        return tekst("invoer.huren.hoogste", huurgrens=limit)
    return tekst("invoer.huren.geen_hoogste")


def _lines(regels: Regelset, vraag: Vraag, rents: list[Decimal]) -> Iterator[Huurregel]:
    # whatever else is known of the dwelling stays; the table is about an ordinary self-contained dwelling, and of a
    # corporation while no landlord is chosen
    own = vraag.woning or regels.vragen.woning()
    landlord = {"verhuurder": vraag.verhuurder or "andere-corporatie"}
    for rent in rents:
        dwelling = own.model_copy(update={"kale_huur": rent, "servicekosten_totaal": Decimal(0), "zelfstandig": True})
        answer = toets(vraag.model_copy(update={"woning": dwelling} | landlord), regels)
        found = {c.id: c for c in answer.conclusies}
        allowance = found["huurtoeslag"]
        amount = allowance.waarden.get("perMaand") if allowance.uitkomst == "ja" else None
        yield Huurregel(
            huur=maandbedrag(rent),
            klasse=next((s.tekst for s in found["huurklasse"].weergave if s.naam == "klasse"), ""),
            passend=found["passende-huur"],
            toeslag=allowance,
            bedrag=bedrag(amount) if isinstance(amount, Decimal) else "",
            netto=maandbedrag(rent - amount) if isinstance(amount, Decimal) else "",
        )
