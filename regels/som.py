"""What the schemes bring a household together: a month and a year, sure and possible apart, each scheme once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from regels.ontvangst import compare, together
from regels.regelset import ZEKERHEDEN, Opbrengst, Regelset, eens
from regels.uitslag import Conclusie, Som, Sombedrag, Somdeel, Sompost, Somstap, Zekerheid

ZEKER: Final = ("ja",)
MOGELIJK: Final = ("voorleggen", "onbekend", "besluit_ontbreekt")
BUITEN: Final = ("geen_regels",)
OVERIG: Final = ("nee", "niet_van_toepassing")
_MONTHS: Final = 12
_ZERO: Final = Decimal(0)

MAAND = "Per maand: wat elke maand wordt betaald, bij elkaar."
JAAR = (
    "Per jaar: wat elke regeling zelf per jaar noemt, als alles een heel jaar zo blijft. Dat is niet precies twaalf "
    "keer het bedrag per maand: een bedrag per maand is afgerond, en wat eenmaal per jaar komt telt alleen hier mee."
)
MOGELIJK_IS = "Mogelijk: wat er nog bij kan komen als het recht er blijkt te zijn. Reken er niet op."
ZONDER_JAAR = "Geen bedrag per jaar, dus niet in het jaar geteld: {}."
ZONDER_BEDRAG = "Het bedrag is niet bekend, dus niet geteld: {}."
MINSTENS = "Het bedrag hangt af van het precieze inkomen. Geteld is het laagste bedrag: {}."
HOOGSTENS = "Of het er is, hangt af van het precieze inkomen. Geteld is het hoogste bedrag: {}."
EEN_VAN = "Niet samen met een andere regeling hierboven, dus niet geteld: {}."
NIET_INGEVULD = "Niet ingevuld of het al wordt ontvangen, dus niet vergeleken: {}."
NIET_HIER = "Deze regeling is niet beantwoord, dus is wat wordt ontvangen niet vergeleken: {}."
ZONDER_REGELS = "Voor deze datum zijn geen regels ingevoerd, dus niet geteld: {}."


@eens
def schemes(regels: Regelset) -> Mapping[str, Opbrengst]:
    """The decisions that bring money, with the values that say how much."""
    return {id: besluit.som for id, besluit in regels.besluiten.items() if besluit.som is not None}


def sum_of(
    conclusies: Iterable[Conclusie],
    regels: Regelset,
    ontvangt: Mapping[str, bool | Decimal],
    tussen: Mapping[str, tuple[Sombedrag, Sombedrag]] | None = None,
) -> Som:
    """What the schemes among ``conclusies`` bring together, beside what is received of them already.

    ``tussen`` are the lowest and highest amounts of schemes of which the conclusion has none (:func:`between`).
    """
    found = schemes(regels)
    own = [conclusie for conclusie in conclusies if conclusie.id in found]
    posts = [_post(c, found[c.id], regels, ontvangt, tussen or {}) for c in own]
    sure = [post for post in posts if post.uitkomst in ZEKER]
    possible = [post for post in posts if post.uitkomst in MOGELIJK]
    outside = [post for post in posts if post.uitkomst in BUITEN or _refused_and_received(post)]
    _one_of_each_group((sure, possible), found)
    compared = together(post for post in posts if post.telt)
    words = _words((*sure, *possible), outside, possible=bool(possible))
    if ontvangt:
        open_ = [post.titel for post in (*sure, *possible) if post.ontvangst is None]
        absent = [regels.teksten.titel(id) for id in found if id in ontvangt.keys() - {c.id for c in own}]
        words += _named((NIET_INGEVULD, open_), (NIET_HIER, absent))
    return Som(
        zeker=_part(sure),
        mogelijk=_part(possible),
        buiten=outside,
        gemist=compared[0] if compared else None,
        teveel=compared[1] if compared else None,
        stappen=_steps((*sure, *possible), {c.id: c for c in own}),
        toelichting=words,
    )


def between(answers: Sequence[Sequence[Conclusie]], regels: Regelset) -> dict[str, tuple[Sombedrag, Sombedrag]]:
    """The lowest and highest amounts of each scheme in several answers to one household; none where one is not sure."""
    found: dict[str, tuple[Sombedrag, Sombedrag]] = {}
    for id, yields in schemes(regels).items():
        seen = [c for answer in answers for c in answer if c.id == id]
        amounts = [_sure(c, yields) for c in seen]
        if len(seen) == len(answers) and all(amount is not None for amount in amounts):
            known = [amount for amount in amounts if amount is not None]
            months = [amount.maand for amount in known if amount.maand is not None]
            years = [amount.jaar for amount in known if amount.jaar is not None]
            found[id] = (
                Sombedrag(min(months, default=None), min(years, default=None)),
                Sombedrag(max(months, default=None), max(years, default=None)),
            )
    return found


def _sure(conclusie: Conclusie, yields: Opbrengst) -> Sombedrag | None:
    """What a scheme surely brings, nothing where there is no right; None where it is not sure."""
    if conclusie.uitkomst in OVERIG:
        return Sombedrag(_ZERO if yields.maand else None, _ZERO if yields.jaar else None)
    own = Sombedrag(*(amount_of(conclusie.waarden.get(name)) for name in (yields.maand, yields.jaar)))
    missing = (yields.maand and own.maand is None) or (yields.jaar and own.jaar is None)
    return None if missing or conclusie.uitkomst not in ZEKER else own


def _refused_and_received(post: Sompost) -> bool:
    return post.uitkomst in OVERIG and post.ontvangst is not None and post.ontvangst.ontvangt


def _post(
    conclusie: Conclusie,
    yields: Opbrengst,
    regels: Regelset,
    ontvangt: Mapping[str, bool | Decimal],
    tussen: Mapping[str, tuple[Sombedrag, Sombedrag]],
) -> Sompost:
    month = amount_of(conclusie.waarden.get(yields.maand))
    if month is None and conclusie.uitkomst in MOGELIJK:
        month = amount_of(conclusie.waarden.get(yields.mogelijk))
    post = Sompost(
        conclusie.id,
        regels.teksten.titel(conclusie.id),
        conclusie.uitkomst,
        conclusie.zekerheid,
        bool(yields.maand),
        month,
        amount_of(conclusie.waarden.get(yields.jaar)),
    )
    unknown = (yields.maand and post.maand is None) or (yields.jaar and post.jaar is None)
    if unknown and conclusie.id in tussen:
        post.minstens, most = tussen[conclusie.id]
        post.maand, post.jaar = most.maand, most.jaar
    if conclusie.id in ontvangt:
        post.ontvangst = compare(post, ontvangt[conclusie.id])
    return post


def amount_of(value: object) -> Decimal | None:
    """The number in a value; of one for each resident those together, without whom it is not about."""
    if isinstance(value, list | tuple):
        parts = [part for part in value if isinstance(part, Decimal)]
        return sum(parts, _ZERO) if parts else None
    return value if isinstance(value, Decimal) else None


def _one_of_each_group(parts: Iterable[list[Sompost]], found: Mapping[str, Opbrengst]) -> None:
    """Of schemes that exclude each other one counts: a sure one before a possible one, and of those the highest."""
    taken: set[str] = set()
    for posts in parts:
        for post in sorted(posts, key=_weight, reverse=True):
            group = found[post.besluit].een_van
            if group and (post.maand is not None or post.jaar is not None):
                post.telt = group not in taken
                taken.add(group)


def _weight(post: Sompost) -> Decimal:
    return post.jaar if post.jaar is not None else (post.maand or _ZERO) * _MONTHS


def _part(posts: list[Sompost]) -> Somdeel:
    """Together; what is surely a right counts for the least it can be, and what may be one for the most."""
    counted = [post for post in posts if post.telt]
    amounts = [post.minstens if post.minstens is not None and post.uitkomst in ZEKER else post for post in counted]
    return Somdeel(
        maand=sum((amount.maand for amount in amounts if amount.maand is not None), _ZERO),
        jaar=sum((amount.jaar for amount in amounts if amount.jaar is not None), _ZERO),
        zekerheid=_weakest([post.zekerheid for post in counted if post.zekerheid is not None]),
        posten=posts,
    )


def _weakest(found: Sequence[Zekerheid]) -> Zekerheid | None:
    return max(found, key=ZEKERHEDEN.index, default=None)


def _steps(posts: Sequence[Sompost], conclusies: Mapping[str, Conclusie]) -> list[Somstap]:
    """The next steps of these schemes: what has a last day first, in the order of those days; each step once."""
    steps: dict[str, Somstap] = {}
    for post in posts:
        for step in conclusies[post.besluit].vervolg:
            steps.setdefault(
                step.tekst, Somstap(post.besluit, post.titel, step.tekst, step.huurder, step.voor, step.url)
            )
    has = {post.besluit for post in posts if post.ontvangst is not None and post.ontvangst.ontvangt}
    return sorted(steps.values(), key=lambda step: (step.besluit in has, step.voor or date.max))


def _words(posts: Sequence[Sompost], outside: Sequence[Sompost], *, possible: bool) -> list[str]:
    """What the totals are, and what is not in them."""
    always = [MAAND, JAAR, MOGELIJK_IS] if possible else [MAAND, JAAR]
    return always + _named(
        (ZONDER_JAAR, [post.titel for post in posts if post.maand is not None and post.jaar is None]),
        (ZONDER_BEDRAG, [post.titel for post in posts if post.maand is None and post.jaar is None]),
        (MINSTENS, [post.titel for post in posts if post.minstens is not None and post.uitkomst in ZEKER]),
        (HOOGSTENS, [post.titel for post in posts if post.minstens is not None and post.uitkomst not in ZEKER]),
        (EEN_VAN, [post.titel for post in posts if not post.telt]),
        (ZONDER_REGELS, [post.titel for post in outside if post.uitkomst in BUITEN]),
    )


def _named(*texts: tuple[str, Sequence[str]]) -> list[str]:
    """Each text with its names, where there are any."""
    return [text.format(", ".join(names)) for text, names in texts if names]
