"""What went into a check, with its origin: given by someone, or taken as given."""

from collections.abc import Iterator
from dataclasses import dataclass

from regels.opmaak import datum
from regels.uitslag import Uitslag
from web.herkomst import origins
from web.invoer import Invoer, fields
from web.rijen import band_words
from web.teksten import tekst
from web.vakken import show_value


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One input: what it is, its value and its origin in words; ``aangenomen`` when nobody gave it."""

    wat: str
    waarde: str
    herkomst: str
    aangenomen: bool = False


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
        yield Gegeven(label, origin.berekening.get(name, value), seen)
    if invoer.band is not None:
        yield Gegeven(tekst("invoer.band.label"), band_words(invoer.band), given)
    labels = {taken.id: veld.label for veld in invoer.regels.velden.values() for taken in veld.uitgangspunten}
    assumed = tekst("papieren.herkomst.aangenomen")
    for taken in uitslag.uitgangspunten:
        yield Gegeven(_named(labels[taken.id]), taken.tekst, assumed, aangenomen=True)


def _filled_in(invoer: Invoer) -> Iterator[tuple[str, str, str]]:
    """The name, the label and the value of each field that was read: the household first, then person by person."""
    found = [(name, veld) for name, veld in fields(invoer.regels, invoer.formulier.personen) if name in invoer.gelezen]
    for name, veld in sorted(found, key=lambda one: _person(one[0])):
        person = _person(name)
        who = f"{tekst('algemeen.formulier.persoon', nummer=person)}, " if person else ""
        yield name, who + _named(veld.label), show_value(veld, invoer.gelezen[name])


def _person(name: str) -> int:
    """The number of the person a field belongs to, from 1; 0 for the household."""
    first, _, rest = name.partition(".")
    return int(rest.partition(".")[0]) + 1 if first == "personen" else 0


def _named(label: str) -> str:
    return label.rstrip("?")
