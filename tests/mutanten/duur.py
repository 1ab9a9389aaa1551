"""A plugin of pytest that keeps how many seconds each test took, setting up included."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = defaultdict(float)
_BAD: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _SECONDS[report.nodeid] += report.duration
    if report.outcome != "passed":
        _BAD.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Only of what passed: a test that fails without a change says nothing about one."""
    if not hasattr(session.config, "workerinput"):
        kept = {name: seconds for name, seconds in _SECONDS.items() if name not in _BAD}
        Path(os.environ["MUTANTEN_DUUR"]).write_text(json.dumps(kept), "utf-8")
