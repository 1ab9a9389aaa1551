"""The file of a koppeling: two levels of names, read event by event, so that depth and aliases cost nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from service.portefeuille.fouten import PortefeuilleFout, reden

DELEN: Final = ("woningen", "personen", "vast")
GROOTSTE: Final = 200_000
_EVENTS: Final = 20_000
_BAD: Final = "De koppeling is geen goed YAML-bestand in UTF-8."
Events = Iterator[yaml.Event]


def read_parts(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The parts of the koppeling in ``path``, each column to target. Raises :class:`PortefeuilleFout` with the line."""
    try:
        if path.stat().st_size > GROOTSTE:
            raise PortefeuilleFout(f"De koppeling is te groot: hoogstens {GROOTSTE // 1_000} kB.")
        text = path.read_bytes()[: GROOTSTE + 1].decode("utf-8-sig")
        found = _parts(_few(yaml.parse(text, yaml.SafeLoader)))
    except OSError as error:
        raise PortefeuilleFout(f"De koppeling is niet te lezen: {reden(error)}.") from None
    except (yaml.YAMLError, ValueError, RecursionError, StopIteration):
        raise PortefeuilleFout(_BAD) from None
    if "woningen" not in found:
        raise PortefeuilleFout("De koppeling is niet goed: 'woningen' ontbreekt.")
    return found


def _few(events: Events) -> Events:
    for number, event in enumerate(events):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise PortefeuilleFout("De koppeling verwijst naar zichzelf (met & en *). Schrijf alles uit.")
        if number > _EVENTS:
            raise PortefeuilleFout("De koppeling heeft te veel regels.")
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            yield event


def _parts(events: Events) -> dict[str, dict[str, str]]:
    start = next(events)
    if not isinstance(start, yaml.MappingStartEvent):
        raise _wrong(start, "hier horen sleutels met waarden te staan")
    found: dict[str, dict[str, str]] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        name = _text(event)
        if name not in DELEN:
            raise _wrong(event, f"onbekende sleutel '{name}'; bedoelde u een van {', '.join(sorted(DELEN))}?")
        if name in found:
            raise _wrong(event, f"'{name}' staat er twee keer")
        found[name] = _names(events)
    for event in events:
        if not isinstance(event, yaml.DocumentEndEvent | yaml.StreamEndEvent):
            raise _wrong(event, "hier houdt de koppeling op")
    return found


def _names(events: Events) -> dict[str, str]:
    start = next(events)
    if not isinstance(start, yaml.MappingStartEvent):
        raise _wrong(start, "hier horen sleutels met waarden te staan")
    found: dict[str, str] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        column = _text(event)
        if column in found:
            raise _wrong(event, f"'{column}' staat er twee keer")
        found[column] = _text(next(events))
    return found


def _text(event: yaml.Event) -> str:
    if not isinstance(event, yaml.ScalarEvent) or not event.value or len(event.value) > 1_000:
        raise _wrong(event, "hier hoort tekst te staan")
    return str(event.value)


def _wrong(event: yaml.Event, said: str) -> PortefeuilleFout:
    return PortefeuilleFout(
        f"De koppeling is niet goed, in regel {event.start_mark.line + 1 if event.start_mark else 1}: {said}."
    )
