"""What went into a check, with its origin: given by someone, seen on a document, or assumed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from regels.opmaak import datum
from regels.uitslag import Uitslag
from regels.velden import velden
from web.invoer import Invoer
from web.vakken import show_form

Herkomst = Literal["opgegeven", "gezien", "aangenomen", "vandaag", "peildatum"]


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One input: what it is, its value in words, and where it comes from."""

    wat: str
    waarde: str
    herkomst: Herkomst


def inputs(invoer: Invoer, uitslag: Uitslag, vandaag: date) -> Iterator[Gegeven]:
    """Every input of ``uitslag``, in the order of the form: what was filled in, and then what was taken as given."""
    if "peildatum" not in invoer.gelezen:
        yield Gegeven(velden()["peildatum"].label, datum(uitslag.peildatum), "vandaag")
    if "huurronde" not in invoer.gelezen:
        yield Gegeven(velden()["huurronde"].label, str(uitslag.huurronde), "peildatum")
    for label, value in show_form(invoer.formulier, vandaag, invoer).ingevuld:
        yield Gegeven(label, value, "opgegeven")
    labels = {taken.id: veld.label.rstrip("?") for veld in velden().values() for taken in veld.uitgangspunten}
    for taken in uitslag.uitgangspunten:
        yield Gegeven(labels[taken.id], taken.tekst, "aangenomen")
