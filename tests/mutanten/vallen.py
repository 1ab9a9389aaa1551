"""A plugin of pytest that keeps what fails, a line each: the tests, and the files that cannot be read."""

import os
from pathlib import Path

import pytest


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _keep(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _keep(report)


def _keep(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.failed:
        with Path(os.environ["MUTANTEN_GEVALLEN"]).open("a", encoding="utf-8") as file:
            file.write(f"{report.nodeid}\n")
