"""A plugin of pytest that keeps how many seconds each test took, setting up included."""

import builtins
import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = defaultdict(float)
_CASES = 12
_BAD: set[str] = set()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test with many cases some."""
    cases: Counter[str] = Counter()
    kept, gone = [], []
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        (gone if cases[test] > _CASES else kept).append(item)
    config.hook.pytest_deselected(items=gone)
    items[:] = kept


def pytest_runtest_setup() -> None:
    """What an earlier test came past counts anew."""
    builtins.volgende_test__()  # type: ignore[attr-defined]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _SECONDS[report.nodeid] += report.duration
    if report.outcome != "passed":
        _BAD.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Only of what passed: a test that fails without a change says nothing about one."""
    if not hasattr(session.config, "workerinput"):
        kept = {name: seconds for name, seconds in _SECONDS.items() if name not in _BAD}
        Path(os.environ["MUTANTEN_DUUR"]).write_text(json.dumps(kept), "utf-8")
