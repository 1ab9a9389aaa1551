"""What a decision is called, and what the tenant reads about its outcome: the texts of the rule set that is in use."""

from regels.laden import regelset
from regels.uitslag import Conclusie


def titel(id: str) -> str:
    """See :meth:`regels.teksten.Teksten.titel`."""
    return regelset().teksten.titel(id)


def vakterm(id: str) -> str:
    """See :meth:`regels.teksten.Teksten.vakterm`."""
    return regelset().teksten.vakterm(id)


def toelichting(id: str) -> str:
    """See :meth:`regels.teksten.Teksten.toelichting`."""
    return regelset().teksten.toelichting(id)


def huurder(conclusie: Conclusie) -> str:
    """See :meth:`regels.teksten.Teksten.huurder`."""
    return regelset().teksten.huurder(conclusie)
