"""The amounts of the sum in words, the same on the page and on paper."""

from regels.opmaak import bedrag
from regels.uitslag import Sombedrag, Somdeel, Sompost
from web.raamwerk.teksten import tekst


def total(part: Somdeel | Sombedrag) -> str:
    """What ``part`` comes to: a month, or a year where nothing of it comes monthly; empty where it is nothing."""
    if part.maand:
        return tekst("algemeen.som.per_maand", bedrag=bedrag(part.maand))
    return tekst("algemeen.som.per_jaar", bedrag=bedrag(part.jaar)) if part.jaar else ""


def in_a_year(part: Somdeel) -> str:
    """What ``part`` comes to in a year, where there is something by month too; else :func:`total` says it already."""
    return tekst("algemeen.som.in_een_jaar", bedrag=bedrag(part.jaar)) if part.maand and part.jaar else ""


def amount(post: Sompost) -> str:
    """What one scheme brings in words; at most that much as long as the right is not sure."""
    sure = post.uitkomst == "ja"
    if post.maand is not None:
        text = tekst("algemeen.som.per_maand", bedrag=bedrag(post.maand))
    elif post.jaar is not None:
        text = tekst("algemeen.som.per_jaar", bedrag=bedrag(post.jaar))
    else:
        return tekst("algemeen.som.bedrag_onbekend")
    return text if sure else tekst("algemeen.som.hoogstens", bedrag=text)
