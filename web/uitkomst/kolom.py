"""The column with the answer beside the form: the same on a whole page and when it is asked again while typing."""

from dataclasses import dataclass
from datetime import date

from regels.opmaak import datum
from regels.uitslag import Uitslag
from service.invoer.datums import read_date
from web.formulier.formulierbeeld import Formulierbeeld
from web.formulier.indeling import Ingang
from web.formulier.invoer import Formulier, Invoer
from web.formulier.merk import mark_of
from web.formulier.vakken import entrance, show_form
from web.papieren.knoppen import buttons
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import Antwoord, questions_left, show_answer
from web.uitkomst.balk import show_bar
from web.uitkomst.eerste import show_first
from web.uitkomst.huurruimte import show_room
from web.uitkomst.sombeeld import show_sum
from web.uitkomst.vouwen import Vouw, folds
from web.uitkomst.wat_als import show_what_if
from web.uitkomst.zonder_regels import show_without_rules


@dataclass(frozen=True, slots=True)
class Vouwen:
    """Which folds of the answer are open, and whether a closed one has its content: ``alles`` where no script is.

    A closed fold that is empty is filled when it opens, by asking for it by its name.
    """

    open: frozenset[str] = frozenset()
    alles: bool = True

    def is_open(self, naam: str) -> bool:
        """Whether the fold with this name is open."""
        return naam in self.open

    def vol(self, naam: str) -> bool:
        """Whether the fold with this name has its content."""
        return self.alles or naam in self.open


def column(
    form: Formulier,
    today: date,
    read: Invoer | None,
    *,
    kenmerk: str = "",
    vouwen: Vouwen | None = None,
    aan: str = "",
    gevraagd: bool = False,
) -> dict[str, object]:
    """What the templates of the form and its answer show; without ``read`` the form is as nobody typed yet.

    What has a fault is left out of the answer, and nothing may be made of such an answer. ``aan`` is the anchor with
    the focus. ``gevraagd``: the answer was asked for, so the form is folded but for the next question.
    """
    ingang = entrance(form)
    found = read.uitslag() if read is not None and read.rest is not None else None
    answer = _answer_of(form, read, found, ingang)
    next_ = answer.gemis[0].anker if answer is not None and answer.gemis else ""
    view = show_form(form, today, read, found, volgende=next_ if gevraagd and answer is not None else None, aan=aan)
    values: dict[str, object] = {
        "beeld": view,
        "balk": show_bar(form.regels.teksten, ingang, read, found),
        "peildatum": _day(form, today),
        "vouwen": vouwen or Vouwen(),
        "antwoord": None,
        "titel": tekst("invoer.formulier.titel", wat=ingang.titel),
    }
    if read is None or found is None or answer is None:
        return values
    return values | _answer(form, view, read, found, answer, kenmerk)


def fold_of(values: dict[str, object], naam: object) -> Vouw | None:
    """The fold with this name among what :func:`column` gave; None where the answer has no such fold."""
    parts = values.get("delen")
    return next((part for part in parts if part.id == naam), None) if isinstance(parts, tuple) else None


def _seeks(read: Invoer, ingang: Ingang) -> bool:
    """Whether it is of somebody who still looks for a home."""
    asked = read.vraag or read.rest
    home = asked.woning if asked is not None else None
    return ingang.id == "zoeken" and (home is None or home.kale_huur is None)


def _answer_of(form: Formulier, read: Invoer | None, found: Uitslag | None, ingang: Ingang) -> Antwoord | None:
    if read is None or found is None:
        return None
    return show_answer(form.regels, found, form.personen, ingang, zoekt=_seeks(read, ingang))


def _answer(
    form: Formulier, beeld: Formulierbeeld, read: Invoer, found: Uitslag, answer: Antwoord, kenmerk: str
) -> dict[str, object]:
    ingang = beeld.ingang
    asked = read.vraag or read.rest
    assert asked is not None
    som = show_sum(found)
    room = show_room(form.regels, asked, found) if _seeks(read, ingang) else None
    papers = buttons(read, found, kenmerk) if read.vraag is not None else None
    what_if = show_what_if(form, read.vraag, found) if read.vraag is not None else None
    texts = form.regels.teksten
    return {
        "balk": show_bar(texts, ingang, read, found, len(answer.gemis)),
        "antwoord": answer,
        "eerste": show_first(form.regels, ingang, answer, som, room, beeld),
        "delen": folds(texts, ingang, answer, som, what_if, papers, beeld),
        "zonder_regels": show_without_rules(form.regels, ingang, form, found),
        "titel": tekst("algemeen.titel.uitkomst", samenvatting=questions_left(len(answer.gemis))),
        "zonder": len(read.fouten),
        "band": read.band,
        "papieren": papers,
        "som": som,
        "merk": mark_of(read),
        "watals": what_if,
        "huren": room,
    }


def _day(form: Formulier, today: date) -> str:
    text = form.tekst.get("peildatum", "").strip()
    day = read_date(text) if text else today
    return datum(day) if isinstance(day, date) else tekst("algemeen.formulier.niet_te_lezen")
