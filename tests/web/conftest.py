"""The pages alone, on a fixed day, and help to fill in the form and to read the answer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient

from service.basis.vankracht import VanKracht
from tests.hulp.geladen import PAKKET
from tests.hulp.getypt import getypt
from web.uitkomst.paginas import STATIC, paginas
from web.uitkomst.stap_voor_stap import stappen
from web.uitkomst.wat_als_pagina import wat_als

VANDAAG = date(2026, 3, 1)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.state.regels = VanKracht(PAKKET)
    app.include_router(paginas(lambda: VANDAAG))
    app.include_router(wat_als(lambda: VANDAAG))
    app.include_router(stappen(lambda: VANDAAG))
    app.mount("/static", StaticFiles(directory=STATIC))
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def as_typed() -> Callable[[dict[str, Any]], dict[str, str]]:
    """A question as a caseworker would type it."""
    return getypt
