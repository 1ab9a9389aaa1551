"""The pages alone, on a fixed day, and help to fill in the form and to read the answer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient

from web.paginas import STATIC, paginas
from web.wat_als_pagina import wat_als

VANDAAG = date(2026, 3, 1)


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(paginas(lambda: VANDAAG))
    app.include_router(wat_als(lambda: VANDAAG))
    app.mount("/static", StaticFiles(directory=STATIC))
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def as_typed() -> Callable[[dict[str, Any]], dict[str, str]]:
    """A question as a caseworker would type it: names with dots, amounts with a comma, dates day first."""

    def typed(question: dict[str, Any], prefix: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in question.items():
            name = f"{prefix}{key}"
            if isinstance(value, dict):
                found |= typed(value, f"{name}.")
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    found |= typed(item, f"{name}.{index}.")
            elif value is not None:
                found[name] = _typed(value, name)
        return found

    return typed


def _typed(value: object, name: str) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str):
        parts = value.split("-")
        return "-".join(reversed(parts)) if len(parts) == 3 and parts[0].isdecimal() else value
    whole = name.endswith(("huurronde", "leeftijd"))
    text = str(value) if whole else f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.removesuffix(",00")
