"""A table asks what the single check asks: rows that are alike are looked at once, and of many others a few."""

from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from regels.aanvullen import Gaten
from regels.lezers import kolommen
from regels.lezers.kolommen import needless
from tests.hulp.geladen import PAKKET, read
from tests.hulp.huishoudens import without
from tests.hulp.tabellen import tabel_van
from tests.regels.test_mogelijk import HOUSE

# of whom may be a tenant or not, it is not asked whether a tenant has a temporary contract (tests/regels/test_mogelijk)
LETTER, ASKED = "huurverhoging-aanzegging", "/soort"
HOME = without(HOUSE, {("soort",)})


def _table(count: int, *besluiten: str) -> pl.DataFrame:
    """So many homes with a letter that came on a day of their own."""
    home = tabel_van([read(HOME)])
    days = pl.date_range(date(2026, 4, 1), date(2026, 4, 30), eager=True)
    letters = days.gather(pl.int_range(count, eager=True) % len(days)).alias("woning_aangezegd_op")
    frame = nw.from_native(home[[0] * count].with_columns(letters).lazy())
    return kolommen.toets(frame, PAKKET, date(2026, 3, 1), 2026, besluiten or None).to_native().collect()


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The decisions of which a household is looked at, each time."""
    found: list[str] = []
    look = Gaten.onnodig

    def counted(self: Gaten, klaar: Any, pointers: Any) -> frozenset[int]:
        found.append(klaar.besluit.id)
        return look(self, klaar, pointers)

    monkeypatch.setattr(Gaten, "onnodig", counted)
    return found


def test_rows_that_are_alike_are_looked_at_once(looked: list[str]) -> None:
    found = _table(3_000, LETTER)
    assert set(found[f"{LETTER}__ontbreekt"].cast(pl.String)) == {ASKED}
    assert len(looked) == 30


def test_of_many_rows_only_those_are_looked_at_that_a_trial_does_not_settle(
    looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = (LETTER, "kernbinding", "beschermd-thuis")
    untried = _table(30, *waiting)
    assert set(looked) == set(waiting)
    monkeypatch.setattr(needless, "FEW", 0)
    looked.clear()
    assert _table(30, *waiting).equals(untried)
    assert set(looked) == {LETTER}
