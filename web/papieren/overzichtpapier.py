"""The overview for the household, in plain words: what holds, what to do and by when, what is still missing."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from regels.opmaak import datum
from regels.plekken import form_name
from regels.teksten import Teksten
from regels.uitslag import Conclusie, Som, Sompost, Uitslag, Vervolgstap
from web.papieren.halfblad import moment, values
from web.papieren.model import (
    Alinea,
    Deel,
    Kaart,
    Lijst,
    Papier,
    Papiersectie,
    Papiertabel,
    Punt,
    as_values,
    in_columns,
)
from web.papieren.papierinvoer import Gegeven
from web.raamwerk.somwoord import amount, in_a_year, total
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import outcome_word

# the outcomes of which the text stands on the paper
_WITH_TEXT: Final = ("ja", "nee", "voorleggen", "besluit_ontbreekt")
_SMALL = ("ingevuld",)
# so many inputs at most, so that a large household has two pages too
_MOST_INPUTS: Final = 18
_NEVER = date.max
# and of what was not checked only what is often otherwise
_OFTEN: Final = "vaak"
_LEFT_OUT_AT_MOST: Final = 3


def compose_overzicht(
    teksten: Teksten, uitslag: Uitslag, invoer: Iterable[Gegeven], kenmerk: str, gemaakt: datetime, contact: str
) -> Papier:
    """The overview of ``uitslag`` in these words; ``gemaakt`` is Dutch time, ``contact`` says whom to ask."""
    # What is meant for staff does not go home on paper. A household is never labelled, and a sheet on a kitchen table
    # never speaks of trouble at home. For the same reason, and because they are written for staff, the assumptions stay
    # in the dossier.
    shown = [c for c in uitslag.conclusies if not teksten.van(c.id).alleen_medewerker]
    parts = {
        "krijgen": tuple(_together(teksten, uitslag.som)),
        "geldt": tuple(_card(teksten, c) for c in shown if c.uitkomst in ("ja", "nee") and not _in_a_line(teksten, c)),
        "doen": tuple(_to_do(teksten, shown)),
        "vragen": tuple(_to_ask(teksten, shown)),
        "besluit": tuple(_card(teksten, c) for c in shown if c.uitkomst == "besluit_ontbreekt"),
        "onbekend": tuple(_unknown(teksten, shown)),
        "niet": tuple(_not(teksten, shown)),
        "niet_getoetst": tuple(_left_out(teksten, uitslag)),
        "contact": (
            Alinea(tekst("papieren.overzicht.contact", contact=contact)),
            Alinea(f"{tekst('papieren.overzicht.uitgegaan')} {tekst('papieren.overzicht.geen_besluit')}"),
        ),
        "ingevuld": tuple(_filled_in(invoer, _decisive(teksten, shown))),
    }
    heads = groep("papieren.overzicht_kop")
    return Papier(
        welk="overzicht",
        titel=tekst("papieren.overzicht.titel"),
        ondertitel=tekst("papieren.overzicht.ondertitel"),
        gegevens=as_values(_about(uitslag, kenmerk, gemaakt)),
        secties=tuple(Papiersectie(heads[key], part, key in _SMALL) for key, part in parts.items() if part),
        voet=" · ".join(filter(None, (tekst("papieren.overzicht.titel"), kenmerk))),
        pagina=tekst("papieren.pagina"),
        van=tekst("papieren.van"),
    )


def _about(uitslag: Uitslag, kenmerk: str, gemaakt: datetime) -> Iterator[tuple[str, str]]:
    if kenmerk:
        yield tekst("papieren.kop.kenmerk"), kenmerk
    yield tekst("papieren.overzicht.situatie_op"), datum(uitslag.peildatum)
    yield tekst("papieren.kop.gemaakt"), moment(gemaakt)


def _together(teksten: Teksten, som: Som | None) -> Iterator[Deel]:
    """What the schemes bring together, a line for each, and what to do first; nothing when none brings anything."""
    if som is None:
        return
    own = [post for part in (som.zeker, som.mogelijk) for post in part.posten if _for_tenant(teksten, post)]
    if not own:
        return
    if sure := total(som.zeker):
        year = in_a_year(som.zeker)
        yield Alinea(" ".join(filter(None, (tekst("papieren.som.zeker", bedrag=sure), f"{year}." if year else ""))))
    if possible := total(som.mogelijk):
        yield Alinea(tekst("papieren.som.mogelijk", bedrag=possible))
    rows = tuple((post.titel, amount(post), groep("papieren.som.hoe")[post.uitkomst]) for post in own if post.telt)
    yield Papiertabel(tekst("papieren.som.bijschrift"), tuple(groep("papieren.som.kop").values()), rows, (3, 3, 4))
    if step := next((step for step in som.stappen if step.huurder), None):
        first = tekst("papieren.som.eerst_voor", dag=datum(step.voor)) if step.voor else tekst("papieren.som.eerst")
        yield Lijst((Punt(step.huurder, first, step.url or ""),))


def _for_tenant(teksten: Teksten, post: Sompost) -> bool:
    """Whether this scheme stands on a paper for the household, with an amount."""
    return not teksten.van(post.besluit).alleen_medewerker and (post.maand is not None or post.jaar is not None)


def _card(teksten: Teksten, c: Conclusie) -> Kaart:
    text = teksten.huurder(c)
    pairs = tuple(pair for pair in _amounts(teksten, c) if pair[1] not in text)
    parts: tuple[Deel, ...] = (as_values(pairs),) if pairs else ()
    return Kaart(teksten.titel(c.id), c.uitkomst, outcome_word(c), text, parts)


def _left_out(teksten: Teksten, uitslag: Uitslag) -> Iterator[Deel]:
    """What is often otherwise and was not checked, of what stands on this paper; the rest is in the dossier."""
    own = [
        Punt(one.tekst)
        for one in uitslag.niet_getoetst or ()
        if one.kans == _OFTEN and not all(teksten.van(id).alleen_medewerker for id in one.besluiten)
    ]
    if own:
        yield Lijst(tuple(own[:_LEFT_OUT_AT_MOST]))


def _in_a_line(teksten: Teksten, c: Conclusie) -> bool:
    """Whether a line is enough: a refusal that is no main thing, with no amount beside its text."""
    return c.uitkomst == "nee" and c.id not in teksten.hoofdzaken and not _card(teksten, c).inhoud


def _not(teksten: Teksten, shown: list[Conclusie]) -> Iterator[Deel]:
    points = [Punt(teksten.huurder(c), f"{teksten.titel(c.id)}:") for c in shown if _in_a_line(teksten, c)]
    if points:
        yield Lijst(tuple(points))


def _amounts(teksten: Teksten, c: Conclusie) -> tuple[tuple[str, str], ...]:
    own = teksten.van(c.id)
    chosen = own.papier_onbekend if c.uitkomst == "onbekend" else own.papier
    named = {shown.naam for shown in c.weergave if shown.label.casefold() != shown.naam.casefold()}
    written = dict(values(c))
    return tuple(written[name] for name in chosen if name in named)


def _to_do(teksten: Teksten, shown: list[Conclusie]) -> Iterator[Deel]:
    """Every step that the tenant can take, whatever the outcome; what must be done before a day first.

    Where no rules are known the step is a desk to ask, and stands with those. What a text says in the same words, with
    no day or address to add, is not said twice.
    """
    steps = [step for c in shown if c.uitkomst != "geen_regels" for step in c.vervolg if not _said(teksten, step, c)]
    found = {(step.huurder, step.voor, step.url): step for step in steps}
    if found:
        yield Lijst(tuple(_step(step) for step in sorted(found.values(), key=lambda step: step.voor or _NEVER)))


def _said(teksten: Teksten, step: Vervolgstap, c: Conclusie) -> bool:
    """Whether nothing of ``step`` is left to say to the tenant."""
    card = teksten.huurder(c) if c.uitkomst in _WITH_TEXT else ""
    return step.huurder in card and not step.voor and not step.url


def _step(step: Vervolgstap) -> Punt:
    """A step in the words of the tenant, with its term before it and its address after it."""
    return Punt(step.huurder, tekst("papieren.voor", dag=datum(step.voor)) if step.voor else "", step.url or "")


def _to_ask(teksten: Teksten, shown: list[Conclusie]) -> Iterator[Deel]:
    """What a person must look at, and what has no rules here but does have a desk to ask."""
    points = [Punt(teksten.huurder(c), f"{teksten.titel(c.id)}:") for c in shown if c.uitkomst == "voorleggen"]
    desks: dict[tuple[str, str], list[str]] = {}
    for c in shown:
        if c.uitkomst == "geen_regels":
            for step in c.vervolg:
                if step.huurder:
                    desks.setdefault((step.huurder, step.url or ""), []).append(teksten.titel(c.id))
    points += [Punt(words, f"{'; '.join(titles)}:", url) for (words, url), titles in desks.items()]
    if points:
        yield Lijst(tuple(points))


def _unknown(teksten: Teksten, shown: list[Conclusie]) -> Iterator[Deel]:
    unknown = [c for c in shown if c.uitkomst == "onbekend"]
    yield from (_card(teksten, c) for c in unknown if _amounts(teksten, c))
    if rows := tuple((teksten.titel(c.id), _needed(teksten, c)) for c in unknown if not _amounts(teksten, c)):
        heads = tekst("papieren.tabel.onderwerp"), tekst("papieren.tabel.nodig")
        yield Papiertabel(tekst("papieren.overzicht.onbekend_bijschrift"), heads, rows, (2, 3))


def _needed(teksten: Teksten, c: Conclusie) -> str:
    """The fact that would decide it first; when no fact of the household is missing, what the tenant reads."""
    if not c.ontbreekt:
        return teksten.huurder(c)
    asked = c.ontbreekt[0].tekst
    fact = asked.partition(": ")[2] or asked  # before the colon stands how to fill it in
    return fact[:1].upper() + fact[1:]


def _decisive(teksten: Teksten, shown: list[Conclusie]) -> frozenset[str]:
    """The names on the form of what the main outcomes rest on."""
    main = (c for c in shown if c.id in teksten.hoofdzaken and c.uitkomst in (*_WITH_TEXT, "onbekend"))
    return frozenset(form_name(step.veld) for c in main for step in c.stappen if step.veld)


def _filled_in(invoer: Iterable[Gegeven], decisive: frozenset[str]) -> Iterator[Deel]:
    """What was filled in, as far as a main outcome rests on it: the paper has two pages, the dossier has the rest."""
    own = [one for one in invoer if not one.aangenomen]
    main = [one for one in own if not one.naam or (one.naam in decisive and one.waarde != tekst("algemeen.veld.nee"))]
    if shown := [(one.wat, one.waarde) for one in main[:_MOST_INPUTS]]:
        yield from in_columns(shown)
    if len(shown) < len(own):
        yield Alinea(tekst("papieren.overzicht.meer_ingevuld"))
