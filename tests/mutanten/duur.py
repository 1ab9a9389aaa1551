"""A plugin of pytest that keeps how many seconds each test took, setting up included."""

import builtins
import json
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = defaultdict(float)
_CASES = 6
_SLOW = 3.0  # seconds
_BAD: set[str] = set()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test with many cases some; what an earlier run found slow is left out."""
    known = Path(os.environ["MUTANTEN_DUUR"])
    slow = {name for name, seconds in _read(known).items() if seconds > _SLOW}
    cases: Counter[str] = Counter()
    kept, gone = [], []
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        (gone if cases[test] > _CASES or item.nodeid in slow else kept).append(item)
    config.hook.pytest_deselected(items=gone)
    items[:] = kept


def pytest_runtest_setup() -> None:
    """What an earlier test came past counts anew."""
    builtins.volgende_test__()  # type: ignore[attr-defined]


def _read(file: Path) -> dict[str, float]:
    return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _SECONDS[report.nodeid] += report.duration
    if report.outcome != "passed":
        _BAD.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Only of what passed: a test that fails without a change says nothing about one."""
    if not hasattr(session.config, "workerinput"):
        known = Path(os.environ["MUTANTEN_DUUR"])
        kept = {name: seconds for name, seconds in _SECONDS.items() if name not in _BAD}
        known.write_text(json.dumps(_read(known) | kept), "utf-8")
