"""For all tests: property tests draw the same cases every run, so that a failure is the change's and not the day's."""

import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from regels import pakket
from regels.agenda import eerste
from service.basis.klok import vandaag
from web.stijl.bouw import build

# each test that asks for one gets both databases
pytest_plugins = ["tests.hulp.databanken"]

_BEGUN = pytest.StashKey[bool]()

settings.register_profile("vast", derandomize=True, database=None)
settings.load_profile("vast")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins before all others, or at the end everybody waits for it.

    One process gets the first of them, in this order: the yearly update takes over what the proof kept.
    """
    first = {item: mark.args[0] for item in items if (mark := item.get_closest_marker("vooraan"))}
    last = len(items)  # a list that is being sorted says that it is empty
    items.sort(key=lambda item: first.get(item, last))


def pytest_collection_finish() -> None:
    """Thousands of tests that were found stay to the end: nobody has to look through them for what can go."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """The pages load what is built; the worker processes of one run find it ready.

    What is kept goes to a folder of the run, and never to that of who runs the tests.
    """
    if not hasattr(config, "workerinput"):
        build()
        os.environ["HUURTOETS_GEGEVENSMAP"] = tempfile.mkdtemp(prefix="gegevens-")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The process that begins with what takes minutes goes before the others: all wait for it at the end."""
    config = item.config
    if hasattr(config, "workerinput") and not config.stash.get(_BEGUN, False):
        config.stash[_BEGUN] = True
        if item.get_closest_marker("vooraan") is None:
            os.nice(5)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Warn of figures and decisions that are due; a day that comes never makes a test fail."""
    due = [one for one in eerste(pakket(), vandaag()) if not hasattr(config, "workerinput")]
    if due:
        terminalreporter.section("agenda van de regels: dit vraagt aandacht", yellow=True)
        for one in due:
            terminalreporter.write_line(f"{one.dag}  {one.titel}", yellow=True)
        terminalreporter.write_line("Zie 'huurtoets regels agenda'.", yellow=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["HUURTOETS_GEGEVENSMAP"], ignore_errors=True)
