"""The bar that follows while typing: one count of what is missing, however many outcomes wait for it."""

from datetime import date

from tests.hulp.geladen import PAKKET, read, toets
from web.formulier.indeling import INGANGEN
from web.formulier.invoer import Formulier, read_form
from web.raamwerk.teksten import tekst
from web.uitkomst.balk import show_bar


def test_a_field_that_two_outcomes_wait_for_is_counted_once() -> None:
    ingang = INGANGEN["huurder"]
    answer = toets(read({"peildatum": "2026-03-01", "soort": "huurder"}))
    followed = [answer.conclusie(id) for id in PAKKET.teksten.balk(ingang.id)]
    waiting = [gap.veld for c in followed for gap in c.ontbreekt]
    assert len(set(waiting)) < len(waiting)
    bar = show_bar(PAKKET.teksten, ingang, None, answer)
    assert bar.melding == tekst("invoer.balk.ontbreekt", aantal=len(set(waiting)))


def test_a_fault_is_told_before_what_is_missing_and_the_outcomes_stay() -> None:
    ingang = INGANGEN["huurder"]
    form = Formulier.parse(PAKKET, [("soort", "huurder"), ("woning.kaleHuur", "abc"), ("vermogen", "x")])
    read_so_far = read_form(form, date(2026, 3, 1))
    bar = show_bar(PAKKET.teksten, ingang, read_so_far, read_so_far.uitslag())
    assert bar.melding == tekst("invoer.balk.fouten", aantal=2)
    assert bar.uitkomsten
