"""For all tests: property tests draw the same cases every run, so that a failure is the change's and not the day's."""

import pytest
from hypothesis import settings

from web.stijl.bouw import build

# each test that asks for one gets both databases
pytest_plugins = ["tests.hulp.databanken"]

settings.register_profile("vast", derandomize=True, database=None)
settings.load_profile("vast")


def pytest_configure(config: pytest.Config) -> None:
    """The pages load what is built; the worker processes of one run find it ready."""
    if not hasattr(config, "workerinput"):
        build()
