"""An illustrative set of corporation tenants, made of published margins: never real households, never a rule.

``proefhuishoudens(count, seed, year, rules)`` gives a table with the columns that a portfolio has. What it can say and
what it cannot stands in ``marges.yaml``, with every source; :func:`service.proefhuishoudens.proeftoets.keur` computes
the checks that it must pass, and which it fails.
"""

from service.proefhuishoudens.proeftabel import proefhuishoudens

__all__ = ["proefhuishoudens"]
