"""The bar that follows while typing: the count of the questions, unless something must be mended first."""

from datetime import date

from tests.hulp.geladen import PAKKET, read, toets
from web.formulier.indeling import INGANGEN
from web.formulier.invoer import Formulier, read_form
from web.raamwerk.teksten import tekst
from web.uitkomst.balk import show_bar


def test_the_bar_says_how_many_questions_are_left() -> None:
    ingang = INGANGEN["huurder"]
    answer = toets(read({"peildatum": "2026-03-01", "soort": "huurder"}))
    for number, said in ((0, "Er zijn geen vragen meer"), (1, "Nog één vraag"), (12, "Nog 12 vragen")):
        assert show_bar(PAKKET.teksten, ingang, None, answer, number).melding == said


def test_a_fault_is_told_before_what_is_missing_and_the_outcomes_stay() -> None:
    ingang = INGANGEN["huurder"]
    form = Formulier.parse(PAKKET, [("soort", "huurder"), ("woning.kaleHuur", "abc"), ("vermogen", "x")])
    read_so_far = read_form(form, date(2026, 3, 1))
    bar = show_bar(PAKKET.teksten, ingang, read_so_far, read_so_far.uitslag())
    assert bar.melding == tekst("invoer.balk.fouten", aantal=2)
    assert bar.uitkomsten
