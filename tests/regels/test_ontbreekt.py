"""In which order missing fields are asked."""

from regels.ontbreekt import Volgorde
from tests.hulp.geladen import PAKKET

ORDER = Volgorde(PAKKET.velden)
RENT, ASSETS, LABEL = "/woning/kaleHuur", "/vermogen", "/woning/energielabel"


def test_what_most_rules_wait_for_is_asked_first() -> None:
    assert ORDER([{ASSETS}, {RENT, LABEL}, {RENT}]) == [RENT, ASSETS, LABEL]


def test_of_equals_comes_first_what_a_rule_waits_for_alone() -> None:
    # by the fields file the assets, a field of the question, would come before the dwelling
    assert ORDER([{ASSETS, LABEL}, {RENT}]) == [RENT, ASSETS, LABEL]
    assert ORDER([{RENT}, {ASSETS, LABEL}]) == [RENT, ASSETS, LABEL]


def test_of_the_rest_the_order_is_that_of_the_fields_file() -> None:
    assert ORDER([{LABEL, RENT, ASSETS}]) == [ASSETS, RENT, LABEL]
