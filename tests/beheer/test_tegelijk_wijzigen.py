"""People who change one draft at the same moment, on both databases: nothing that anybody entered is lost."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.beheer.beheerfouten import MagNiet
from service.opslag.opslag import Opslag
from tests.hulp.beheer import CIJFERS, furnish


def _line(number: int) -> str:
    return f"# regel {number}\n"


def test_what_twelve_people_change_at_once_is_all_kept(opslag: Opslag) -> None:
    huis = furnish(opslag)
    huis.concepten.begin(huis.invoerder, "samen", "Samen")

    def change(number: int) -> None:
        def edit(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
            return {**files, CIJFERS: files[CIJFERS] + _line(number).encode()}

        huis.concepten.wijzig(huis.invoerder, "samen", edit)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(change, range(12)))
    found, files, _ = huis.concepten.bestanden("samen")
    assert found.opgeslagen == 12
    assert all(_line(number) in files[CIJFERS].decode() for number in range(12))


def test_a_change_that_fails_changes_nothing(opslag: Opslag) -> None:
    huis = furnish(opslag)
    huis.change("half", 1200)
    before = huis.concepten.bestanden("half")[1]

    def edit(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        raise KeyError(CIJFERS)

    with pytest.raises(KeyError):
        huis.concepten.wijzig(huis.invoerder, "half", edit)
    with pytest.raises(MagNiet):
        huis.concepten.wijzig(huis.keurder, "half", lambda files: {**files, CIJFERS: b""})
    assert huis.concepten.bestanden("half")[1] == before


def test_an_approval_does_not_survive_a_change(opslag: Opslag) -> None:
    huis = furnish(opslag)
    huis.change("goed", 1200)
    assert huis.approve("goed").goedgekeurd
    same = huis.concepten.wijzig(huis.invoerder, "goed", lambda files: files)
    assert same.goedgekeurd
    changed = huis.concepten.wijzig(huis.invoerder, "goed", lambda files: {**files, CIJFERS: files[CIJFERS] + b"#\n"})
    assert not changed.goedgekeurd
