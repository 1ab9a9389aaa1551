"""The amounts of the sum in words, the same on the page and on paper."""

from decimal import Decimal

from regels.opmaak import bedrag
from regels.uitslag import Sombedrag, Somdeel, Sompost
from web.raamwerk.teksten import tekst


def total(part: Somdeel | Sombedrag) -> str:
    """What ``part`` comes to: a month, or a year where nothing of it comes monthly; empty where it is nothing.

    Of a difference the year is what comes once a year, beside the months: then both are told.
    """
    month = tekst("algemeen.som.per_maand", bedrag=bedrag(part.maand)) if part.maand else ""
    year = tekst("algemeen.som.per_jaar", bedrag=bedrag(part.jaar)) if part.jaar else ""
    if month and year and isinstance(part, Sombedrag):
        return tekst("algemeen.som.samen", maand=month, jaar=year)
    return month or year


def in_a_year(part: Somdeel) -> str:
    """What ``part`` comes to in a year, where there is something by month too; else :func:`total` says it already.

    Nothing where the year of something that comes monthly is not known: it would be less than the months make.
    """
    whole = all(post.jaar is not None for post in part.posten if post.telt and post.maand)
    return tekst("algemeen.som.in_een_jaar", bedrag=bedrag(part.jaar)) if whole and part.maand and part.jaar else ""


def amount(post: Sompost) -> str:
    """What one scheme brings in words; at most that much as long as the right is not sure."""
    sure = post.uitkomst == "ja"
    if sure and post.minstens is not None and (post.minstens.maand, post.minstens.jaar) != (post.maand, post.jaar):
        return _between(post, post.minstens)
    if post.maand is not None:
        text = tekst("algemeen.som.per_maand", bedrag=bedrag(post.maand))
    elif post.jaar is not None:
        text = tekst("algemeen.som.per_jaar", bedrag=bedrag(post.jaar))
    else:
        return tekst("algemeen.som.bedrag_onbekend")
    return text if sure else tekst("algemeen.som.hoogstens", bedrag=text)


def _between(post: Sompost, least: Sombedrag) -> str:
    """An amount that is sure to be there, and of which only the lowest and the highest are known."""
    monthly = post.maandelijks
    low, high = (least.maand, post.maand) if monthly else (least.jaar, post.jaar)
    shown = bedrag(high or Decimal(0))
    words = tekst("algemeen.som.per_maand", bedrag=shown) if monthly else tekst("algemeen.som.per_jaar", bedrag=shown)
    return tekst("algemeen.som.tussen", laag=bedrag(low or Decimal(0)), hoog=words)
