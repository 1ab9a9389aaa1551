"""The bar that follows while typing: one count of what is missing, however many outcomes wait for it."""

from tests.hulp.geladen import PAKKET, read, toets
from web.formulier.indeling import INGANGEN
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
