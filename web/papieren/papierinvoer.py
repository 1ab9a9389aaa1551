"""What went into a check, with its origin: given by someone, or taken as given."""

from collections.abc import Iterator
from dataclasses import dataclass

from regels.opmaak import datum
from regels.uitslag import Uitslag
from web.formulier.herkomst import origins
from web.formulier.invoer import Invoer, places
from web.formulier.rijen import band_words
from web.raamwerk.teksten import tekst
from web.raamwerk.woorden import in_words


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One input: what it is, its value and its origin in words; ``aangenomen`` when nobody gave it.

    ``naam`` is its name on the form; empty where it has none.
    """

    wat: str
    waarde: str
    herkomst: str
    aangenomen: bool = False
    naam: str = ""


def inputs(invoer: Invoer, uitslag: Uitslag) -> Iterator[Gegeven]:
    """Every input of ``uitslag``: what was filled in, whichever page asked for it, and then what was taken as given."""
    given = tekst("papieren.herkomst.opgegeven")
    if "peildatum" not in invoer.gelezen:
        label, value = invoer.regels.velden["peildatum"].label, datum(uitslag.peildatum)
        yield Gegeven(_named(label), value, tekst("papieren.herkomst.vandaag"), aangenomen=True)
    if "huurronde" not in invoer.gelezen:
        label, value = invoer.regels.velden["huurronde"].label, str(uitslag.huurronde)
        proposed = "woning.ingangsdatumVoorstel" in invoer.gelezen
        said = tekst("papieren.herkomst.ingangsdatum") if proposed else tekst("papieren.herkomst.peildatum")
        yield Gegeven(_named(label), value, said, aangenomen=True)
    origin = origins(invoer)
    for name, label, value in _filled_in(invoer):
        seen = tekst("invoer.herkomst.gezien") if name in origin.gezien else given
        yield Gegeven(label, origin.berekening.get(name, value), seen, naam=name)
    if invoer.band is not None:
        yield Gegeven(tekst("invoer.band.label"), band_words(invoer.band), given)
    labels = {taken.id: veld.label for veld in invoer.regels.velden.values() for taken in veld.uitgangspunten}
    assumed = tekst("papieren.herkomst.aangenomen")
    for taken in uitslag.uitgangspunten:
        yield Gegeven(_named(labels[taken.id]), taken.tekst, assumed, aangenomen=True)


def _filled_in(invoer: Invoer) -> Iterator[tuple[str, str, str]]:
    """The name, the label and the value of each field that was read: the household first, then person by person."""
    found = [plek for plek in places(invoer.regels, invoer.formulier.personen) if plek.naam in invoer.gelezen]
    for plek in sorted(found, key=lambda plek: -1 if plek.persoon is None else plek.persoon):
        who = "" if plek.persoon is None else f"{tekst('algemeen.formulier.persoon', nummer=plek.persoon + 1)}, "
        yield plek.naam, who + _named(plek.veld.label), in_words(plek.veld, invoer.gelezen[plek.naam])


def _named(label: str) -> str:
    return label.rstrip("?")
