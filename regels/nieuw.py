"""The files of a new owner and of a new year: the structure of what is there, with every value empty.

What is empty is named by the loader, all at once, so nobody has to know the list.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

import yaml
from yaml import MappingNode, Node, ScalarNode

from regels.eigenaren import SOORTEN

# on C where it is there: a year is read from the files of all years
_LEZER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# of a figure: what is new every year
_LEEG: Final = ("waarde", "bron", "zekerheid")
# a line that is added, until those that go are gone
_LATER: Final = "\0"
# of a group: what is no figure
_GROEP: Final = ("geldig", "status", "vervallen")
_JAARLANG: Final = timedelta(days=366)
_EIGENAAR: Final = {
    "gemeente": """\
# Wie deze gemeente is. De keuzes voor gemeente en kern komen hiervandaan.
soort: gemeente
naam:
plaatsen:
  # sleutel (kleine letters, geen spaties): de naam
  {id}-kern:
afspraken:
  # de prestatieafspraken: hoe zij heten, welke corporaties meedoen (namen van mappen) en wie zij nog meer noemen
  naam:
  corporaties: []
  partijen: {{}}
contact:
  telefoon:
  waarvoor:
  website:
""",
    "corporatie": """\
# Wie deze verhuurder is. De keuze bij 'verhuurder' komt hiervandaan. Doet hij mee aan prestatieafspraken? Zet de naam
# van deze map dan ook bij 'corporaties' in eigenaar.yaml van de gemeente.
soort: corporatie
naam:
gemeenten: [{gemeenten}]
contact:
  website:
""",
}
_BRONNEN: Final = """\
# Elke bron één keer. Een cijfer of regel noemt de sleutel.
# {id}-2026:
#   titel: Wat het is, en van wie
#   url: https://...
#   datum: '2026'
#   vindplaats: artikel, bladzijde of tabel
"""
_TEKSTEN: Final = """\
# Hoe elk eigen besluit heet, en wat de huurder leest. Bij een regel in een besluit van een ander alleen 'per_regel'.
"""


_KOP: Final = """\
# De cijfers van {jaar}: concepten, die nog niet gelden. Vul in wat leeg is; achter een waarde staat wat het was.
# Is een groep klaar? Haal dan 'status: concept' weg."""


class NieuwFout(Exception):
    """What was asked cannot be made; the text says why and what to do instead."""


def nieuwe_eigenaar(namen: Iterable[str], id: str, soort: str, gemeenten: tuple[str, ...] = ()) -> dict[str, str]:
    """The files of a new owner beside the ``namen`` of files that are there. Raises :class:`NieuwFout`."""
    folders = {name.split("/")[0] for name in namen if "/" in name}
    if soort not in _EIGENAAR:
        raise NieuwFout(f"'{soort}' kan hier niet; kies uit {', '.join(s for s in SOORTEN if s in _EIGENAAR)}.")
    if not id or not id.replace("-", "a").isalnum() or not id.isascii() or id != id.lower() or not id[0].isalpha():
        raise NieuwFout(
            f"'{id}' kan geen naam van een map zijn; schrijf kleine letters, cijfers en - , zoals het-huis."
        )
    if id in folders:
        raise NieuwFout(f"De map '{id}' bestaat al. Kies een andere naam, of vul die map aan.")
    if soort == "corporatie" and not gemeenten:
        raise NieuwFout("Geef met --gemeente waar de corporatie verhuurt.")
    if strange := [name for name in gemeenten if name not in folders]:
        raise NieuwFout(f"Er is geen map '{strange[0]}'. Maak eerst de gemeente: regels nieuw eigenaar {strange[0]}.")
    return {
        f"{id}/eigenaar.yaml": _EIGENAAR[soort].format(id=id, gemeenten=", ".join(gemeenten)),
        f"{id}/bronnen.yaml": _BRONNEN.format(id=id),
        f"{id}/teksten.yaml": _TEKSTEN,
    }


def nieuw_jaar(bestanden: Mapping[str, str], jaar: int) -> dict[str, str]:
    """For each owner the figures of ``jaar``: those of the year before, empty, as a draft. Raises :class:`NieuwFout`.

    A group of an older file that ends in the year before, and that nothing comes after, is among them.
    """
    years: dict[str, dict[int, str]] = {}
    for name, text in bestanden.items():
        folder, _, file = name.rpartition("/")
        stem = file.removesuffix(".yaml")
        if folder and "/" not in folder and stem.isdigit():
            years.setdefault(folder, {})[int(stem)] = text
    found = {}
    for folder, texts in years.items():
        if max(texts) < jaar:
            starts = {pair for text in texts.values() for pair in _starts(text)}
            parts = [emptied(text, year, jaar, starts) for year, text in sorted(texts.items(), reverse=True)]
            if any(parts):
                found[f"{folder}/{jaar}.yaml"] = "\n\n".join([_KOP.format(jaar=jaar), *filter(None, parts)]) + "\n"
    if not found:
        raise NieuwFout(f"Er zijn geen cijfers van {jaar - 1} om over te nemen, of die van {jaar} staan er al.")
    return found


def emptied(text: str, van: int, jaar: int, begin: Collection[tuple[str, date]] = ()) -> str:
    """The figures in ``text`` (of the year ``van``) as a draft of ``jaar``, every value empty; no text when none is.

    A group or a figure without an end goes on by itself, and is left out; so is what ended before, and what something
    begins after (``begin`` has the first days of the figures of all files). What was there stands behind as a comment.
    """
    root = yaml.compose(text, Loader=_LEZER)
    if not isinstance(root, MappingNode):
        return ""
    lines, known = text.split("\n"), {*begin, *_starts(text)}
    drop: set[int] = set()
    edits: list[tuple[int, int, str]] = []
    keep: list[range] = []
    for key, group in root.value:
        days = _days(dict(_pairs(group)).get("geldig"))
        figures = [
            (part, figure)
            for part, figure in (group.value if days else ())
            if part.value not in _GROEP and _asked(part.value, figure, days, van, jaar, known)
        ]
        if not figures or days is None:
            continue
        wanted = {id(figure) for _, figure in figures}
        for part, figure in group.value:
            if part.value == "geldig":
                end = figure.end_mark.index
                edits += [*_shifted(figure, jaar), (end, end, f"{_LATER}{' ' * part.start_mark.column}status: concept")]
            elif id(figure) not in wanted:
                drop.update(range(part.start_mark.line, _last_line(figure) + 1))
        for _, figure in figures:
            own = dict(_pairs(figure))
            edits += _shifted(own["geldig"], jaar) if "geldig" in own else []
            edits += (edit for name in _LEEG if name in own for edit in _blanks(own[name]))
            for name in ("opmerking", "status"):
                if name in own:
                    drop.update(range(own[name].start_mark.line, _last_line(own[name]) + 1))
            if "waarde" in own:
                _remember(lines, own["waarde"], text, days[days[1] - days[0] > _JAARLANG].year, edits)
            if isinstance(label := own.get("label"), ScalarNode) and (year := str(days[0].year)) in label.value:
                at, to = label.start_mark.index, label.end_mark.index
                edits.append((at, to, text[at:to].replace(year, str(_moved(*days, jaar)[0].year))))
        first = key.start_mark.line
        edits.append((key.start_mark.index, key.end_mark.index, _named(key.value, days, jaar)))
        while first and lines[first - 1].startswith("#"):
            first -= 1
        # a comment that opens the file is about the other year
        keep.append(range(first or key.start_mark.line, _last_line(group) + 1))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    edited = [re.sub(r": +(  #|$)", r":\1", line) for line in text.split("\n")]
    groups = ("\n".join(edited[line] for line in lines_of if line not in drop) for lines_of in keep)
    # a line that was added counts only now: the others were known by their number
    return "\n\n".join(groups).replace(_LATER, "\n").strip()


def _asked(
    name: str, figure: Node, days: tuple[date, date] | None, van: int, jaar: int, known: Collection[tuple[str, date]]
) -> bool:
    """Whether a figure is to be filled in for ``jaar``: it ends before, and nothing comes after it yet."""
    own = dict(_pairs(figure))
    days = _days(own["geldig"]) if "geldig" in own else days
    if days is None:
        return False
    if van == jaar - 1 and days[1] - days[0] <= _JAARLANG:
        return (name, _moved(*days, jaar)[0]) not in known
    return days[1].year == jaar - 1 and not any(other == name and day > days[0] for other, day in known)


def _named(group: str, days: tuple[date, date], jaar: int) -> str:
    """The name of a group, with the year in it that it has in ``jaar``."""
    later = _moved(*days, jaar)[0].year - days[0].year
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year[0]) + later), group)


def _starts(text: str) -> Iterator[tuple[str, date]]:
    """Each figure with the day on which it begins, by its own window or that of its group."""
    for _, group in _pairs(yaml.compose(text, Loader=_LEZER)):
        whole = dict(_pairs(group)).get("geldig")
        for name, figure in _pairs(group):
            start = _day(dict(_pairs(dict(_pairs(figure)).get("geldig") or whole)).get("vanaf"))
            if start is not None:
                yield name, start


def _days(window: Node | None) -> tuple[date, date] | None:
    """The first and the last day of a window; None when it has no end."""
    keys = dict(_pairs(window))
    start, end = _day(keys.get("vanaf")), _day(keys.get("tot_en_met"))
    return None if start is None or end is None else (start, end)


def _moved(start: date, end: date, jaar: int) -> tuple[date, date]:
    """The same window for ``jaar``; one of more than a year becomes the year after it."""
    if end - start > _JAARLANG:
        return end + timedelta(days=1), _later(end, 1)
    years = max(jaar - start.year, 1)
    return _later(start, years), _later(end, years)


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _day(node: Node | None) -> date | None:
    try:
        return date.fromisoformat(node.value) if isinstance(node, ScalarNode) else None
    except ValueError:
        return None  # the loader says so


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key.value, value


def _shifted(window: Node, jaar: int) -> Iterator[tuple[int, int, str]]:
    days = _days(window)
    if days is not None:
        keys = dict(_pairs(window))
        for part, moved in zip((keys["vanaf"], keys["tot_en_met"]), _moved(*days, jaar), strict=True):
            yield part.start_mark.index, part.end_mark.index, moved.isoformat()


def _blanks(node: Node) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, ScalarNode):
        yield node.start_mark.index, node.end_mark.index, ""
    elif isinstance(node, MappingNode):
        for _, part in node.value:
            yield from _blanks(part)
    else:
        yield node.start_mark.index, node.end_mark.index, ""


def _remember(lines: list[str], value: Node, text: str, van: int, edits: list[tuple[int, int, str]]) -> None:
    """A comment with the old value at the end of its line; of a table over more lines at each of its cells."""
    if value.start_mark.line != _last_line(value):
        for _, cell in _pairs(value):
            _remember(lines, cell, text, van, edits)
        return
    was = text[value.start_mark.index : value.end_mark.index]
    end = value.end_mark.index + len(lines[value.end_mark.line]) - value.end_mark.column
    if text[value.end_mark.index : end].strip() == "":
        edits.append((end, end, f"  # in {van}: {was}"))


def _last_line(node: Node) -> int:
    """The last line that belongs to ``node``; a block ends where the next thing begins."""
    return max((_last_line(part) for _, part in _pairs(node)), default=_end(node))


def _end(node: Node) -> int:
    return node.end_mark.line if node.end_mark.column > 0 else node.end_mark.line - 1
