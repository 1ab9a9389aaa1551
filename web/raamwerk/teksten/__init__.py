"""Every text of the pages and the papers that belongs to no field and no rule, from the files in this
folder; a number of the rules never stands in one.

``tekst`` gives one text by its key, ``groep`` the texts that stand together; templates know both, the first as ``t``.
"""

from typing import Final

from service.basis.tekstboek import Tekstboek

BESTANDEN: Final = (
    "algemeen",
    "velden",
    "invoer",
    "uitkomst",
    "papieren",
    "portefeuille",
    "toegang",
    "beheer",
    "beleid",
    "verschil",
    "keuring",
    "effect",
    "agenda",
)
TEKSTEN: Final = Tekstboek("web.raamwerk.teksten", BESTANDEN)
tekst, groep = TEKSTEN.tekst, TEKSTEN.groep
