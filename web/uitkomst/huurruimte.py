"""What a household without a dwelling can rent: the answer again at each limit of the classes. It decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from regels import Regelset, Vraag, toets
from regels.opmaak import bedrag, maandbedrag
from regels.teksten import HUURRUIMTE
from regels.uitslag import Conclusie, Uitslag
from web.raamwerk.teksten import tekst


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
    parts = {role: regels.teksten.in_huurruimte(role) for role in HUURRUIMTE}
    classes = parts["klasse"][0]
    if any(parts[role][0] not in found for role in ("klasse", "passend", "toeslag")):
        return None
    limits = (found[classes].waarden.get(name) for name in regels.teksten.van(classes).beeld.ladder)
    rents = sorted({value for value in limits if isinstance(value, Decimal)})
    return Huurruimte(_sentence(found, *parts["hoogste"]), tuple(_lines(regels, vraag, rents, parts)))


def _sentence(found: Mapping[str, Conclusie], decision: str, value: str) -> str:
    group = found.get(decision)
    limit = next((shown.tekst for shown in group.weergave if shown.naam == value), "") if group else ""
    if group is not None and group.uitkomst == "nee":
        return tekst("invoer.huren.niet_passend")
    if group is not None and group.uitkomst == "ja" and limit:
        return tekst("invoer.huren.hoogste", huurgrens=limit)
    return tekst("invoer.huren.geen_hoogste")


def _lines(
    regels: Regelset, vraag: Vraag, rents: list[Decimal], parts: Mapping[str, tuple[str, str]]
) -> Iterator[Huurregel]:
    # whatever else is known of the dwelling stays; the table is about an ordinary self-contained dwelling, and of a
    # corporation while no landlord is chosen
    own = vraag.woning or regels.vragen.woning()
    landlord = {"verhuurder": vraag.verhuurder or regels.velden["verhuurder"].buiten}
    (classes, klasse), (fitting, _), (allowed, monthly) = (parts[role] for role in ("klasse", "passend", "toeslag"))
    for rent in rents:
        dwelling = own.model_copy(update={"kale_huur": rent, "servicekosten_totaal": Decimal(0), "zelfstandig": True})
        other = vraag.model_copy(update={"woning": dwelling} | landlord)
        answer = toets(other, regels, besluiten=(classes, fitting, allowed))
        found = {c.id: c for c in answer.conclusies}
        allowance = found[allowed]
        amount = allowance.waarden.get(monthly) if allowance.uitkomst == "ja" else None
        yield Huurregel(
            huur=maandbedrag(rent),
            klasse=next((s.tekst for s in found[classes].weergave if s.naam == klasse), ""),
            passend=found[fitting],
            toeslag=allowance,
            bedrag=bedrag(amount) if isinstance(amount, Decimal) else "",
            netto=maandbedrag(rent - amount) if isinstance(amount, Decimal) else "",
        )
