"""The overview for the household, in plain words: what holds, what to do and by when, what is still missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

from regels.opmaak import datum
from regels.uitslag import Conclusie, Uitslag, Vervolgstap
from web.papieren.dossier import as_point, moment, values
from web.papieren.invoer import Gegeven
from web.papieren.model import Alinea, Deel, Kaart, Lijst, Papier, Punt, Sectie, Tabel, Waarden
from web.teksten import groep, tekst

# What is meant for staff and does not go home on paper. A household is never labelled, and a sheet on a kitchen table
# never speaks of trouble at home.
VOOR_MEDEWERKERS: Final = frozenset({"ave", "focusgroepen", "huurklasse"})
_NOT_AT_HOME: Final = frozenset({"geen-meerdere-problemen"})

# The amounts that a household can do something with; of other decisions the sentence says enough.
BEDRAGEN: Final[Mapping[str, tuple[str, ...]]] = {
    "daeb-doelgroep": ("inkomen", "grens", "marge"),
    "primaire-doelgroep": ("inkomen", "grens", "marge"),
    "passende-huur": ("kaleHuur", "huurgrens", "marge"),
    "huurtoeslag": ("perMaand", "basishuur"),
    "huurverhoging-wettelijk": ("huidigeHuur", "maximaleVerhoging", "maximaleHuur"),
    "inkomensafhankelijke-huurverhoging": ("maximum",),
    "bezwaar-huurverhoging": ("voorgesteldeHuur", "hoogsteNieuweHuur"),
    "eenmalige-huurverlaging": ("doelhuur",),
    "huurquote": ("nettoHuur", "quote"),
    "woonquote": ("woonlasten", "quote"),
    "zorgtoeslag": ("hoogstensPerJaar",),
    "kindgebonden-budget": ("hoogstensEersteKind",),
    "individuele-inkomenstoeslag": ("bedragPerJaar",),
    "bijdrage-premie-zorgkosten": ("hoogstensPerJaar",),
    "energietoeslag": ("bedrag",),
}
# what is known already while the decision itself is not
BEDRAGEN_ONBEKEND: Final[Mapping[str, tuple[str, ...]]] = {
    "huurverhoging-wettelijk": ("huidigeHuur", "reguliereVerhoging", "reguliereHuur"),
}
# so many missing facts are named for one question; the first would decide it first
_GAPS = 2
_SMALL = ("uitgegaan", "ingevuld")
_NEVER = date.max


def compose_overzicht(
    uitslag: Uitslag, invoer: Iterable[Gegeven], kenmerk: str, gemaakt: datetime, contact: str
) -> Papier:
    """The overview of ``uitslag``; ``gemaakt`` is Dutch time, ``contact`` says whom to ask."""
    shown = [c for c in uitslag.conclusies if c.id not in VOOR_MEDEWERKERS]
    parts = {
        "geldt": tuple(_card(c) for c in shown if c.uitkomst in ("ja", "nee")),
        "doen": tuple(_to_do(shown)),
        "vragen": tuple(_to_ask(shown)),
        "besluit": tuple(_card(c) for c in shown if c.uitkomst == "besluit_ontbreekt"),
        "onbekend": tuple(_unknown(shown)),
        "contact": (
            Alinea(tekst("papieren.overzicht.contact", contact=contact)),
            Alinea(tekst("papieren.overzicht.geen_besluit")),
        ),
        "uitgegaan": tuple(_assumed(uitslag)),
        "ingevuld": tuple(_filled_in(invoer)),
    }
    heads = groep("papieren.overzicht_kop")
    return Papier(
        welk="overzicht",
        titel=tekst("papieren.overzicht.titel"),
        ondertitel=tekst("papieren.overzicht.ondertitel"),
        gegevens=Waarden(tuple(_about(uitslag, kenmerk, gemaakt))),
        secties=tuple(Sectie(heads[key], part, key in _SMALL) for key, part in parts.items() if part),
        voet=" · ".join(filter(None, (tekst("papieren.overzicht.titel"), kenmerk))),
        pagina=tekst("papieren.pagina"),
        van=tekst("papieren.van"),
    )


def _about(uitslag: Uitslag, kenmerk: str, gemaakt: datetime) -> Iterator[tuple[str, str]]:
    if kenmerk:
        yield tekst("papieren.kop.kenmerk"), kenmerk
    yield tekst("papieren.overzicht.situatie_op"), datum(uitslag.peildatum)
    yield tekst("papieren.kop.gemaakt"), moment(gemaakt)


def _card(c: Conclusie) -> Kaart:
    pairs = _amounts(c)
    return Kaart(
        c.vraag, c.uitkomst, groep("algemeen.uitkomsten")[c.uitkomst], c.tekst, (Waarden(pairs),) if pairs else ()
    )


def _amounts(c: Conclusie) -> tuple[tuple[str, str], ...]:
    chosen = BEDRAGEN_ONBEKEND if c.uitkomst == "onbekend" else BEDRAGEN
    named = dict(values(c))
    return tuple(named[name] for name in chosen.get(c.id, ()) if name in named)


def _to_do(shown: list[Conclusie]) -> Iterator[Deel]:
    """Everything to be done, what has a date first."""
    found: dict[Vervolgstap, None] = {}
    for c in shown:
        if c.uitkomst in ("ja", "nee"):
            found |= dict.fromkeys(c.vervolg)
    if found:
        yield Lijst(tuple(as_point(step) for step in sorted(found, key=lambda step: step.voor or _NEVER)))


def _to_ask(shown: list[Conclusie]) -> Iterator[Deel]:
    """What a person must look at, and schemes whose rules are not known here but which have a desk to ask."""
    points = [Punt(_with_steps(c), c.vraag) for c in shown if c.uitkomst == "voorleggen"]
    desks: dict[Vervolgstap, list[str]] = {}
    for c in shown:
        if c.uitkomst == "geen_regels" and c.onderwerp == "regelingen" and c.vervolg:
            desks.setdefault(c.vervolg[0], []).append(c.vraag)
    points += [Punt(step.tekst, ", ".join(titles), step.url or "") for step, titles in desks.items()]
    if points:
        yield Lijst(tuple(points))


def _with_steps(c: Conclusie) -> str:
    return " ".join((c.tekst, *(step.tekst for step in c.vervolg)))


def _unknown(shown: list[Conclusie]) -> Iterator[Deel]:
    unknown = [c for c in shown if c.uitkomst == "onbekend"]
    yield from (_card(c) for c in unknown if _amounts(c))
    if rows := tuple((c.vraag, _needed(c)) for c in unknown if not _amounts(c)):
        heads = tekst("papieren.tabel.vraag"), tekst("papieren.tabel.nodig")
        yield Tabel(tekst("papieren.overzicht.onbekend_bijschrift"), heads, rows, (1, 1))


def _needed(c: Conclusie) -> str:
    asked = [gap.tekst.removeprefix(tekst("papieren.overzicht.vul_in")).strip() for gap in c.ontbreekt[:_GAPS]]
    return " ".join(text[:1].upper() + text[1:] for text in asked) or c.tekst


def _assumed(uitslag: Uitslag) -> Iterator[Deel]:
    points = tuple(Punt(taken.tekst) for taken in uitslag.uitgangspunten if taken.id not in _NOT_AT_HOME)
    if points:
        yield Alinea(tekst("papieren.overzicht.uitgegaan"))
        yield Lijst(points)


def _filled_in(invoer: Iterable[Gegeven]) -> Iterator[Deel]:
    given = tuple((one.wat, one.waarde) for one in invoer if one.herkomst != "aangenomen")
    if given:
        yield Waarden(given)
