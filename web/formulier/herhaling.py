"""How a page came about, for the script that shows it again after Back or a reload: where to post, and with what."""

import json
from dataclasses import dataclass

from web.formulier.invoer import Formulier
from web.formulier.vakken import entrance

Velden = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Herhaling:
    """``ingang``: whose values these are; ``plek``: an address that can be asked for; ``adres``: where to post them.

    ``velden`` are posted beside the values, and ``vers`` says that nobody typed anything on this page yet. After
    ``rust`` minutes in which nobody did anything the tab forgets what was typed.
    """

    ingang: str
    plek: str
    adres: str
    velden: Velden
    vers: bool = False
    rust: int = 15

    @property
    def json(self) -> str:
        """``velden`` for the script."""
        return json.dumps(self.velden)


def repeat(form: Formulier, adres: str = "", velden: Velden = (("actie", "toetsen"),)) -> Herhaling:
    """A page of ``form`` that was posted to ``adres`` (the address of its entrance if that is left out)."""
    pad = entrance(form).pad
    return Herhaling(pad, pad, adres or pad, velden)
