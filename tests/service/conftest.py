"""The whole application in the process of the test."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from tests.hulp.geladen import PAKKET

# this machine itself, which is not counted: a session of tests asks more than an office does
OWN = ("127.0.0.1", 50_000)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with TestClient(
        create_app(PAKKET), base_url="http://127.0.0.1", raise_server_exceptions=False, client=OWN
    ) as client:
        yield client
