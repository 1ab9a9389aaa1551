"""What applies: the rules of social housing in Steenwijkerland, as data, with one face.

>>> from regels import Vraag, toets
"""

from regels.toets import toets
from regels.vraag import Vraag

__all__ = ["Vraag", "toets"]
