"""What a household gets already beside what was computed: what it misses, and what it may have to pay back.

What was computed rests on what was filled in here, and what is received on what the one who pays knew; so a difference
is a reason to look, never a verdict.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from regels.opmaak import bedrag
from regels.uitslag import Ontvangst, Oordeel, Sombedrag, Sompost

# an amount is paid in whole euros, and the one of a scheme and ours may be rounded on another side of one
_ROUNDING: Final = Decimal(1)
_ZERO: Final = Decimal(0)

NIET = "Krijgt dit nog niet. Volgens de berekening is er recht op. Misschien is het al aangevraagd: vraag dat eerst na."
NIET_ZEKER = "Krijgt dit nog niet. Of er recht op is, staat nog niet vast."
AL = "Krijgt dit al. Hoeveel, is niet ingevuld, dus is het niet te vergelijken."
AL_ONZEKER = "Krijgt dit al. Of dat klopt, is hier niet te zeggen."
GELIJK = "Krijgt {krijgt} {per}. Dat is wat is berekend, op afronding na."
MINDER = (
    "Krijgt {krijgt} {per}. Dat is {verschil} minder dan berekend. Vraag na van welke gegevens de uitbetaling uitgaat, "
    "en of iets wordt verrekend."
)
MEER = (
    "Krijgt {krijgt} {per}. Dat is {verschil} meer dan berekend. Misschien moet dat worden terugbetaald. Vraag na van "
    "welke gegevens de uitbetaling uitgaat, en geef een wijziging meteen door."
)
GEEN_RECHT = (
    "Krijgt dit al. Volgens de berekening is er nu geen recht op, en misschien moet het worden terugbetaald. Vraag na "
    "van welke gegevens de uitbetaling uitgaat, en geef een wijziging meteen door."
)


def compare(post: Sompost, received: bool | Decimal) -> Ontvangst:
    """What is ``received`` beside what ``post`` says: by month, or by year for what is paid once a year."""
    amount = None if isinstance(received, bool) else received
    gets = received if isinstance(received, bool) else received > 0
    match post.uitkomst:
        case "ja" if not gets:
            least = post if post.minstens is None else post.minstens
            return Ontvangst(False, None, "niet", least.maand if post.maandelijks else least.jaar, NIET)
        case "ja":
            return _beside(post, amount)
        case "nee" if gets:
            return Ontvangst(True, amount, "meer", None if amount is None else -amount, GEEN_RECHT)
    return Ontvangst(gets, amount if gets else None, "onzeker", None, AL_ONZEKER if gets else NIET_ZEKER)


def together(posts: Iterable[Sompost]) -> tuple[Sombedrag, Sombedrag] | None:
    """What is missed, and what is received above what was computed; None where nothing was filled in to compare."""
    found = [(post, post.ontvangst.verschil) for post in posts if post.ontvangst is not None]
    if not found:
        return None
    known = [(post, gap) for post, gap in found if gap is not None and abs(gap) > _ROUNDING]

    def added(sign: int, *, monthly: bool) -> Decimal:
        return sum((abs(gap) for post, gap in known if gap * sign > 0 and post.maandelijks is monthly), _ZERO)

    missed, above = (Sombedrag(added(sign, monthly=True), added(sign, monthly=False)) for sign in (1, -1))
    return missed, above


def _beside(post: Sompost, amount: Decimal | None) -> Ontvangst:
    due = post.maand if post.maandelijks else post.jaar
    if amount is None or due is None:
        return Ontvangst(True, amount, "onzeker", None, AL if amount is None else AL_ONZEKER)
    if post.minstens is not None:
        return Ontvangst(True, amount, "onzeker", None, AL_ONZEKER)
    gap = due - amount
    verdict: Oordeel = "gelijk" if abs(gap) <= _ROUNDING else "minder" if gap > 0 else "meer"
    text = {"gelijk": GELIJK, "minder": MINDER, "meer": MEER}[verdict].format(
        krijgt=bedrag(amount), per="per maand" if post.maandelijks else "per jaar", verschil=bedrag(abs(gap))
    )
    return Ontvangst(True, amount, verdict, gap, text)
