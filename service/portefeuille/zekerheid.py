"""How certain the answers to a decision can be at worst."""

from collections.abc import Iterator

from regels.regelset import ZEKERHEDEN
from regels.stand import Stand, names_of
from service.portefeuille.samenvatting import Ronde


def weakest(ronde: Ronde, besluit: str) -> str:
    """The weakest mark among the rules, formulas and figures that ``besluit`` can rest on; empty without any."""
    marks = list(_marks(ronde, besluit))
    return max(marks, key=ZEKERHEDEN.index) if marks else ""


def _marks(ronde: Ronde, name: str) -> Iterator[str]:
    stand = Stand(ronde.regels, ronde.peildatum, ronde.rondedatum)
    besluit = ronde.regels.besluiten[name]
    if stand.gat(besluit) is not None:
        return
    yield from (regel.zekerheid for regel in stand.regels_van(besluit))
    for used in names_of(ronde.regels, besluit):
        if used in ronde.regels.grootheden:
            if formule := stand.formule(used):
                yield formule.zekerheid
        elif used in ronde.regels.cijfers:
            figures = [stand.cijfer(used, datum) for datum in stand.datums]
            yield from (figure.zekerheid for figure in figures if figure is not None)
