"""The image and compose.yaml choose in the open who may use the service. They are read here, for lack of docker."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.basis.dienst import undecided
from service.basis.instellingen import Instellingen
from service.toegang.aanmeldkeuze import check_choice
from tests.docs.test_documenten import COMMANDS
from tests.hulp.geladen import PAKKET

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "huurtoets"}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FILLED_IN = {
    "HUURTOETS_ADRES": "https://toets.example.nl",
    "HUURTOETS_PROXY": "172.18.0.1",
    "HUURTOETS_DATABASE_WACHTWOORD": "geheim",
}


def _filled(text: str) -> str:
    return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: FILLED_IN[found[1]], text)


def _settings() -> Instellingen:
    given = OURS["huurtoets"]["environment"]
    return Instellingen(**{name.removeprefix("HUURTOETS_").lower(): _filled(value) for name, value in given.items()})


def test_the_image_makes_no_choice_and_so_does_not_start_before_somebody_did() -> None:
    assert '"--host", "0.0.0.0"' in DOCKERFILE
    assert "HUURTOETS_TOEGANG=" not in DOCKERFILE
    assert "HUURTOETS_TOEGANG" in undecided("0.0.0.0", Instellingen())


def test_compose_asks_people_to_sign_in_and_the_service_takes_its_settings() -> None:
    settings = _settings()
    assert settings.toegang == "aanmelden"
    assert undecided("0.0.0.0", settings) == ""
    check_choice(settings, PAKKET.eigenaren)
    assert "toets.example.nl" in settings.toegestane_hosts and "127.0.0.1" in settings.toegestane_hosts
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == "postgresql://huurtoets:geheim@database/huurtoets"


@pytest.mark.parametrize("name", OURS)
def test_every_setting_in_compose_is_one_of_the_product(name: str) -> None:
    known = {f"HUURTOETS_{field.upper()}" for field in Instellingen.model_fields}
    assert set(OURS[name]["environment"]) <= known


@pytest.mark.parametrize("name", OURS)
def test_our_containers_write_nowhere_else_and_may_nothing_else(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_this_machine_reaches_the_service_and_nobody_the_database() -> None:
    ports = {name: service.get("ports", []) for name, service in SERVICES.items()}
    assert ports["huurtoets"] == ["127.0.0.1:8000:8000"]
    assert [name for name, found in ports.items() if found] == ["huurtoets"]


def test_no_secret_stands_in_the_file_and_a_missing_one_is_named() -> None:
    password = SERVICES["database"]["environment"]["POSTGRES_PASSWORD"]
    assert re.fullmatch(r"\$\{HUURTOETS_DATABASE_WACHTWOORD:\?[^}]+\}", password)
    for service in OURS.values():
        assert all(":?" in value for value in re.findall(r"\$\{[^}]*\}", str(service["environment"])))


def test_the_tables_are_there_before_the_service_and_the_commands_exist() -> None:
    assert OURS["huurtoets"]["depends_on"]["tabellen"]["condition"] == "service_completed_successfully"
    assert OURS["tabellen"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert f"huurtoets {' '.join(OURS['tabellen']['command'])}" in COMMANDS
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])
