"""Rows of a form that are put in or taken away: what was typed in the others moves along."""

import re
from collections.abc import Mapping
from typing import Final

from service.beheer.beleidsvakken import ER

ERBIJ, WEG = "erbij", "weg"
_MOST: Final = 40


def change_rows(getypt: Mapping[str, str], daad: str) -> dict[str, str]:
    """What was typed after ``erbij:<list>`` or ``weg:<list>.<row>``; as it was after anything else."""
    what, _, at = daad.partition(":")
    if what == ERBIJ:
        return _added(dict(getypt), at)
    if what == WEG and at.rpartition(".")[2].isdigit():
        return _removed(getypt, *_split(at))
    return dict(getypt)


def _split(at: str) -> tuple[str, int]:
    head, _, index = at.rpartition(".")
    return head, int(index)


def _added(typed: dict[str, str], at: str) -> dict[str, str]:
    index = 0
    while f"{at}.{index}.{ER}" in typed:
        index += 1
    if index < _MOST:
        typed[f"{at}.{index}.{ER}"] = "1"
    return typed


def _removed(typed: Mapping[str, str], at: str, gone: int) -> dict[str, str]:
    pattern = re.compile(rf"{re.escape(at)}\.(\d+)\.(.*)")
    found = {}
    for name, value in typed.items():
        match = pattern.fullmatch(name)
        if match is None:
            found[name] = value
        elif int(match[1]) != gone:
            found[f"{at}.{int(match[1]) - (int(match[1]) > gone)}.{match[2]}"] = value
    return found
