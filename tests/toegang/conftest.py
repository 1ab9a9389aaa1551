"""The way in, on each of the two databases."""

import pytest

from service.basis.poort import Poort
from service.opslag.opslag import Opslag
from service.toegang.deur import Deur
from tests.hulp.ingang import app_of, deur_van


@pytest.fixture
def deur(opslag: Opslag) -> Deur:
    return deur_van(opslag)


@pytest.fixture
def app(deur: Deur) -> Poort:
    return app_of(deur)
