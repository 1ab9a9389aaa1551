"""A database that is in use: tables, a key, and the first entry of the ledger."""

import pytest

from service.opslag.opslag import Opslag
from tests.opslag.boeken import begin


@pytest.fixture
def ingericht(opslag: Opslag) -> Opslag:
    """Each of the two databases as ``huurtoets database maak`` leaves it, without the time that its tables take."""
    begin(opslag)
    return opslag
