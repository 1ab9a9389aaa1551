"""What applies: the rules of social housing, as data, with one face.

Never the web, a database, a clock, or anything that is kept for all rule sets together.

>>> from regels import pakket, toets
>>> regels = pakket()
>>> uitslag = toets(regels.vraag({"peildatum": "2026-03-01"}), regels)
"""

from regels.bron import pakket
from regels.regelset import Regelset
from regels.toets import toets
from regels.vraag import Vraag

__all__ = ["Regelset", "Vraag", "pakket", "toets"]
