"""A rule file that people edit too: what was answered is put in it, and all else stays as it was, with its comments."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from regels.bestanden import Faults, Item, parse_file
from service.beheer.beleidsvakken import Pad, Plat

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
# what is a text whatever is in it: 4.10 is a place in a document, and no number
_TEKSTEN: Final = frozenset({"titel", "url", "vindplaats", "tekst", "zegt"})
# how long a mapping may be to stand on one line
_ONE_LINE: Final = 110
# what is never on one line: a policy, a part of it, a source
_BLOCKS: Final = frozenset({"basis", "onderdelen", "titel"})


def read_plain(content: bytes, name: str) -> Plat:
    """What stands in a file, as the loader reads it. Raises :class:`regels.bestanden.RegelsetError`."""
    faults = Faults()
    root = parse_file(content, name, faults)
    faults.raise_if_any()
    return _plain(root)


def _plain(item: Item) -> Plat:
    if isinstance(item.value, dict):
        return {key: _plain(child) for key, child in item.value.items()}
    if isinstance(item.value, list):
        return [_plain(child) for child in item.value]
    return item.value


def put_in(content: bytes, name: str, new: Mapping[str, Plat]) -> bytes:
    """The file with these values; byte for byte the same when it had them already."""
    if not content.strip():
        return _dump(CommentedMap((key, _made_at(key, value)) for key, value in new.items()))
    old = read_plain(content, name)
    if not isinstance(old, dict) or same(old, dict(new)):
        return content
    yaml = _yaml()
    document = yaml.load(content)
    _merge(document, old, dict(new))
    return _dump(document)


def same(one: Plat, other: Plat) -> bool:
    """Whether these say the same: ``3.50`` is ``3.5``, and one value a list of one."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same_at(key, one[key], other[key]) for key in one)
    if isinstance(one, list) or isinstance(other, list):
        left, right = (value if isinstance(value, list) else [value] for value in (one, other))
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _number(one) == _number(other) is not None
    return False


def _same_at(key: str, one: Plat, other: Plat) -> bool:
    words = key in _TEKSTEN and isinstance(one, str) and isinstance(other, str)
    return one == other if words else same(one, other)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


def _merge(node: Any, old: dict[str, Plat], new: dict[str, Plat]) -> None:
    for key in [key for key in old if key not in new]:
        del node[key]
    order = list(new)
    for index, key in enumerate(order):
        value = new[key]
        if key not in old:
            # after the last of those before it that was there
            before = [list(node).index(name) for name in order[:index] if name in node]
            node.insert(max(before) + 1 if before else 0, key, _made_at(key, value))
        elif not _same_at(key, old[key], value):
            node[key] = _made_at(key, value) if isinstance(value, str) else _changed(node[key], old[key], value)


def _changed(node: Any, old: Plat, new: Plat) -> Any:
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(node, CommentedMap):
        _merge(node, old, new)
        return node
    if isinstance(old, list) and isinstance(new, list) and isinstance(node, CommentedSeq):
        _merge_list(node, old, new)
        return node
    return _made(new)


def _merge_list(node: CommentedSeq, old: Sequence[Plat], new: list[Plat]) -> None:
    kept = [index for index, item in enumerate(old) if any(same(item, other) for other in new)]
    if len(kept) == len(new) and all(same(old[index], item) for index, item in zip(kept, new, strict=True)):
        for index in reversed(range(len(old))):  # rows were taken away, and nothing else
            if index not in kept:
                del node[index]
        return
    for index, value in enumerate(new):
        if index >= len(old):
            node.append(_made(value))
        elif not same(old[index], value):
            node[index] = _changed(node[index], old[index], value)
    while len(node) > len(new):
        del node[-1]


def _made_at(key: str, value: Plat) -> Any:
    return value if key in _TEKSTEN and isinstance(value, str) else _made(value)


def _made(value: Plat) -> Any:
    """What is new in a file, with what is short on one line."""
    if isinstance(value, dict):
        made = CommentedMap((key, _made_at(key, inner)) for key, inner in value.items())
        if _is_short(value):
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        row = CommentedSeq(_made(inner) for inner in value)
        if all(isinstance(inner, str) for inner in value) and len(str(value)) < _ONE_LINE:
            row.fa.set_flow_style()
        return row
    if _DAY.fullmatch(value):
        with suppress(ValueError):  # the loader says that there is no such day
            return date.fromisoformat(value)
        return value
    number = _number(value)
    return value if number is None else int(number) if "." not in value else float(number)


def _is_short(value: dict[str, Plat]) -> bool:
    plain = all(not isinstance(inner, dict) or _is_short(inner) for inner in value.values())
    rows = any(isinstance(inner, list) and any(not isinstance(one, str) for one in inner) for inner in value.values())
    return plain and not rows and len(str(value)) < _ONE_LINE and not value.keys() & _BLOCKS


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(document: Any) -> bytes:
    out = BytesIO()
    _yaml().dump(document, out)
    return out.getvalue()


def line_by_line(value: Plat) -> tuple[bytes, list[Pad]]:
    """The same as YAML with every value on a line of its own, and what stands on each: so a fault has one place."""
    lines: list[str] = []
    places: list[Pad] = []

    def add(text: str, place: Pad) -> None:
        lines.append(text)
        places.append(place)

    def write(inner: Plat, place: Pad, lead: str, margin: str) -> None:
        if isinstance(inner, str) or not inner:
            add(f"{lead} {_quoted(inner)}", place)
            return
        if lead:
            add(lead, place)
        for key, child in inner.items() if isinstance(inner, dict) else enumerate(inner):
            mark = f"{key}:" if isinstance(inner, dict) else "-"
            write(child, (*place, key), f"{margin}{mark}", margin + "  ")

    write(value, (), "", "")
    return "\n".join(lines).encode() + b"\n", places


def _quoted(value: Plat) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else "[]" if isinstance(value, list) else "{}"
