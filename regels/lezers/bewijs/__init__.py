"""The proving reader: the same condition trees in Z3.

For every decision and every stretch of days it shows that exactly one rule applies to every complete household, and
for the amounts that what :mod:`regels.lezers.bewijs.stellingen` lists always holds.
It never answers a question.
"""

from regels.lezers.bewijs.bewijzer import BEWEZEN, BUITEN, ONBEWEZEN, WEERLEGD, Bevinding, Bewijsverslag, Bewijzer

__all__ = ["BEWEZEN", "BUITEN", "ONBEWEZEN", "WEERLEGD", "Bevinding", "Bewijsverslag", "Bewijzer"]
