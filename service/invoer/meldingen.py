"""What is said of an amount or a date that cannot be read, from ``meldingen.yaml``."""

from typing import Final

from service.basis.tekstboek import Tekstboek

MELDINGEN: Final = Tekstboek("service.invoer", ("meldingen",))
tekst = MELDINGEN.tekst
