"""The files of a new owner and of a new year: the structure of what is there, with every value empty.

What is empty is named by the loader, all at once, so nobody has to know the list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import yaml
from yaml import MappingNode, Node, ScalarNode

from regels.eigenaren import SOORTEN

# of a figure: what is new every year
_LEEG: Final = ("waarde", "bron", "zekerheid")
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
    """For each owner the figures of ``jaar``: those of the year before, empty. Raises :class:`NieuwFout`."""
    last: dict[str, int] = {}
    for name in bestanden:
        folder, _, file = name.rpartition("/")
        stem = file.removesuffix(".yaml")
        if folder and stem.isdigit():
            last[folder] = max(last.get(folder, 0), int(stem))
    found = {}
    for folder, year in last.items():
        if year == jaar - 1:
            text = emptied(bestanden[f"{folder}/{year}.yaml"], year, jaar)
            if text:
                found[f"{folder}/{jaar}.yaml"] = text
    if not found:
        raise NieuwFout(f"Er zijn geen cijfers van {jaar - 1} om over te nemen, of die van {jaar} staan er al.")
    return found


def emptied(text: str, van: int, jaar: int) -> str:
    """The figures in ``text`` with windows of ``jaar`` and every value empty; empty when none of them ends.

    A group or a figure without an end goes on by itself, and is left out. What was there stands behind it as a comment.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, MappingNode):
        return ""
    lines, shift = text.split("\n"), jaar - van
    drop: set[int] = set()
    edits: list[tuple[int, int, str]] = []
    known = {(name, _start(figure, group)) for _, group in root.value for name, figure in _pairs(group)}
    for key, group in root.value:
        entries = dict(_pairs(group))
        kept = 0
        for part, figure in group.value if _ends(entries.get("geldig")) else ():
            own, here = dict(_pairs(figure)), range(part.start_mark.line, _last_line(figure) + 1)
            if part.value == "geldig":
                edits += _shifted(figure, shift)
            # it goes on by itself, or the file of this year has what comes after it already
            elif (
                part.value == "vervallen"
                or ("geldig" in own and not _ends(own["geldig"]))
                or (part.value, _start(figure, group, shift)) in known
            ):
                drop.update(here)
            else:
                kept += 1
                edits += _shifted(own["geldig"], shift) if "geldig" in own else []
                edits += (edit for name in _LEEG if name in own for edit in _blanks(own[name]))
                if "opmerking" in own:
                    drop.update(range(own["opmerking"].start_mark.line, _last_line(own["opmerking"]) + 1))
                if "waarde" in own:
                    _remember(lines, own["waarde"], text, van, edits)
        if not kept:
            drop.update(range(key.start_mark.line, _last_line(group) + 1))
    if drop >= set(range(root.start_mark.line, _last_line(root) + 1)):
        return ""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    remaining = [line for number, line in enumerate(text.split("\n")) if number not in drop]
    written = "\n".join(re.sub(r": +(  #|$)", r":\1", line) for line in _without_head(remaining))
    head = f"# De cijfers van {jaar}. Wat leeg is, moet u nog invullen; achter een waarde staat die van {van}."
    return f"{head}\n\n{written.strip()}\n"


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key.value, value


def _ends(window: Node | None) -> bool:
    return window is not None and "tot_en_met" in dict(_pairs(window))


def _start(figure: Node, group: Node, years: int = 0) -> str:
    """The day on which a figure begins, by its own window or that of its group, so many years later."""
    window = dict(_pairs(figure)).get("geldig") or dict(_pairs(group)).get("geldig")
    start = dict(_pairs(window)).get("vanaf") if window is not None else None
    year, _, rest = (str(start.value) if start is not None else "").partition("-")
    return f"{int(year) + years}-{rest}" if year.isdigit() else ""


def _shifted(window: Node, years: int) -> Iterator[tuple[int, int, str]]:
    for _, part in _pairs(window):
        try:
            day = date.fromisoformat(part.value)
        except ValueError:
            continue  # the loader says so
        moved = day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
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
    """A comment with the old value at the end of its line, where it stands on one line."""
    if value.start_mark.line == value.end_mark.line:
        was = text[value.start_mark.index : value.end_mark.index]
        end = value.end_mark.index + len(lines[value.end_mark.line]) - value.end_mark.column
        if text[value.end_mark.index : end].strip() == "":
            edits.append((end, end, f"  # in {van}: {was}"))


def _last_line(node: Node) -> int:
    """The last line that belongs to ``node``; a block ends where the next thing begins."""
    return max((_last_line(part) for _, part in _pairs(node)), default=_end(node))


def _end(node: Node) -> int:
    return node.end_mark.line if node.end_mark.column > 0 else node.end_mark.line - 1


def _without_head(lines: list[str]) -> list[str]:
    """Without the comment that opens the file: it is about the other year."""
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return lines[number:]
    return []
