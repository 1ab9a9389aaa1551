"""The API keeps to its description where people sign in: for somebody, and for nobody."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from service.opslag.gegevensmap import Gegevensmap
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang.rechten import Rol
from tests.hulp.ingang import app_of, deur_van, settings_of, somebody

load_all_checks()
# made while this is read, for schemathesis makes its tests of what the service says then
MAP: Final = TemporaryDirectory(prefix="schema-")
OPSLAG: Final = Opslag(Gegevensmap(Path(MAP.name) / "gegevens"))
maak(OPSLAG, wie="opdrachtregel:proef")
OWN: Final = settings_of(toetsen_per_minuut=1_000_000, papieren_per_minuut=1_000_000)
DEUR: Final = deur_van(OPSLAG, OWN)
TOKEN: Final = DEUR.sessies.begin(somebody(DEUR, "iemand", Rol.CONSULENT))
SOMEBODY: Final = {
    "host": "toets.example",
    "cookie": f"__Host-huurtoets-sessie={TOKEN}",
    "sec-fetch-site": "same-origin",
}
schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app_of(DEUR, OWN), headers=SOMEBODY)


def test_the_pages_of_those_who_sign_in_are_no_part_of_the_api() -> None:
    assert [path for path in schema.raw_schema["paths"] if not path.startswith("/v1/")] == []


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_for_somebody_who_signed_in(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=SOMEBODY, excluded_checks=[positive_data_acceptance])


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_gets_anything_but_a_refusal(case: schemathesis.Case) -> None:
    answer = case.call(headers={"host": "toets.example"})
    assert answer.status_code in (401, 405, 413, 431), answer.status_code
    assert answer.headers["content-type"][0] == "application/problem+json"
