"""Values in the shape of JSON by their pointer: one place that takes a pointer apart and walks along it."""

from collections.abc import Mapping
from typing import Any


def get(data: Any, pointer: str) -> Any:
    """What stands at ``pointer`` in ``data``; None when there is nothing."""
    for part in pointer.split("/")[1:]:
        match data:
            case list() if part.isdecimal() and int(part) < len(data):
                data = data[int(part)]
            case dict():
                data = data.get(part)
            case _:
                return None
    return data


def put(data: dict[str, Any], pointer: str, value: object) -> None:
    """Put ``value`` in its place in ``data``, with what lies on the way to it; None takes it away.

    A list grows as far as it is needed. A value that stands in the way gives way: one amount of service costs to the
    kinds apart.
    """
    *path, last = pointer.split("/")[1:] or [""]
    place: Any = data
    for part, below in zip(path, [*path[1:], last], strict=False):
        inner = get(place, f"/{part}")
        if not isinstance(inner, dict | list):
            if value is None:
                return
            inner = [] if below.isdecimal() else {}
            _set(place, part, inner)
        place = inner
    if value is not None:
        _set(place, last, value)
    elif isinstance(place, dict):
        place.pop(last, None)


def nested(values: Mapping[str, object]) -> dict[str, Any]:
    """Values by their pointer as one object."""
    found: dict[str, Any] = {}
    for pointer, value in values.items():
        put(found, pointer, value)
    return found


def _set(place: Any, part: str, value: object) -> None:
    if isinstance(place, list):
        while len(place) <= int(part):
            place.append({})
        place[int(part)] = value
    else:
        place[part] = value
