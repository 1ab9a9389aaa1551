"""The measurement of the living page asks what the page asks, and sees both waits."""

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from bench import levend
from bench.belasting import FORM
from service.app import create_app
from tests.hulp.geladen import PAKKET
from tests.hulp.luisteren import serving
from tests.hulp.lus import in_een_lus


def test_each_field_that_is_left_goes_along_with_those_before_it() -> None:
    bodies = [parse_qs(body) for body in levend.steps(3, 0)]  # of whom the income is not known
    assert len(bodies) == len(FORM) - 2
    assert bodies[-1].keys() >= FORM.keys() - {"personen.0.inkomen"}
    assert parse_qs(list(levend.steps(0, 0))[-1]).keys() >= FORM.keys(), "van een ander is alles bekend"
    names = [body.keys() - {"vouwen"} for body in bodies]
    assert all(after > before for before, after in pairwise(names))
    others = [list(levend.steps(*who))[-1] for who in ((3, 1), (4, 0))]
    assert len({*others, list(levend.steps(3, 0))[-1]}) == 3, "ieder typt een eigen huishouden"


def test_two_people_who_type_get_the_living_answer_and_the_empty_page() -> None:
    with serving(create_app(PAKKET)) as address:
        port = urlsplit(address).port
        assert port is not None
        found = in_een_lus(levend.typing, port, 8, 0.01, 2)
    assert len(found.living) >= len(found.empty) > 1
    assert min(found.living + found.empty) > 0
    assert found.ratio == levend.waits(found.living).p95 / levend.waits(found.empty).p95
