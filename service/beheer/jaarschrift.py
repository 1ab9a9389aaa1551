"""What is filled in, written in the text of a year file or a file of sources: all around it stays as it is.

Nothing is written anew from what was read: the places of the values are looked up, and only those change. So comments,
order and signs stay, and a file that is not changed is the same to the byte.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import yaml
from yaml import MappingNode, Node, ScalarNode

from regels.bestanden import Faults, parse_file
from service.beheer.beheerfouten import BeheerFout

CONCEPT: Final = "concept"
OPMERKING: Final = "opmerking"
# far more than any file of figures has
_BYTES_MOST, _DEEP = 1_000_000, 8
_GROEP: Final = frozenset({"geldig", "status", "vervallen"})
Stuk = tuple[int, int, str]
_OP_EEN_REGEL: Final = (
    "Dit cijfer staat in het bestand tussen accolades. Haal het bestand op, zet het cijfer op regels onder elkaar, "
    "en stuur het bestand terug."
)


@dataclass(frozen=True, slots=True)
class Jaarvak:
    """A value of a figure in a file: ``waarde`` (with ``cel`` where there is a table), ``bron``, ``zekerheid``,
    ``opmerking``.
    """

    groep: str
    cijfer: str
    deel: str
    cel: str = ""


def ingevuld(inhoud: bytes, vakken: Mapping[Jaarvak, str]) -> bytes:
    """The file with each of these values in its place, as text of the rule files; an empty one empties it."""
    text = inhoud.decode()
    groups = _pairs(_root(text))
    pieces: list[Stuk] = []
    for place, new in vakken.items():
        figure = _pairs(_pairs(groups.get(place.groep)).get(place.cijfer))
        if place.deel == OPMERKING:
            pieces.append(_remark(text, _pairs(groups.get(place.groep)).get(place.cijfer), new))
            continue
        node = figure.get(place.deel)
        if place.cel:
            node = _pairs(node).get(place.cel)
        if node is None:
            raise BeheerFout(f"'{place.cijfer}' staat niet meer in dit bestand. Open de pagina opnieuw.")
        pieces.append(_piece(text, node, new))
    return _with(text, pieces)


def met_stand(inhoud: bytes, groep: str, stand: str) -> bytes:
    """The file in which a group has this status; with an empty one it is settled."""
    text = inhoud.decode()
    group = _pairs(_root(text)).get(groep)
    if not isinstance(group, MappingNode):
        raise BeheerFout(f"De groep '{groep}' staat niet meer in dit bestand. Open de pagina opnieuw.")
    pieces: list[Stuk] = []
    if stand:
        if "status" in _pairs(group) or "geldig" not in _pairs(group):
            return inhoud
        window = _pairs(group)["geldig"]
        end = _line_end(text, _end(window))
        indent = " " * group.start_mark.column
        pieces.append((end, end, f"{_newline(text)}{indent}status: {stand}"))
    else:
        figures = [node for name, node in _pairs(group).items() if name not in _GROEP]
        for mapping in (group, *figures):
            if isinstance(mapping, MappingNode):
                marks = [key for key, _ in mapping.value if key.value == "status"]
                if marks and mapping.flow_style:
                    raise BeheerFout(_OP_EEN_REGEL)
                pieces += [_line_of(text, key) for key in marks]
    return _with(text, pieces)


def met_bron(
    inhoud: bytes, sleutel: str, titel: str, url: str, datum: str, vindplaats: str, artikelen: Sequence[str] = ()
) -> bytes:
    """The file of sources with one more at the end; ``datum`` is a day, or only a year."""
    day: str | date = datum
    if len(datum) == len("2026-01-01"):
        day = date.fromisoformat(datum)
    about: dict[str, object] = {"titel": titel, "url": url, "datum": day, "vindplaats": vindplaats}
    if artikelen:
        about["artikelen"] = list(artikelen)
    made = yaml.safe_dump({sleutel: about}, allow_unicode=True, sort_keys=False, width=float("inf"))
    text = inhoud.decode()
    line = _newline(text)
    gap = "" if not text or text.endswith("\n") else line
    return (text + gap + made.replace("\n", line)).encode()


def opgeladen(naam: str, inhoud: bytes) -> bytes:
    """A file as somebody sent it, when it can be one of figures or sources. Raises :class:`BeheerFout`."""
    if len(inhoud) > _BYTES_MOST:
        raise BeheerFout(f"Het bestand is groter dan {_BYTES_MOST // 1_000_000} MB. Kies het bestand met de cijfers.")
    plain = inhoud.removeprefix(b"\xef\xbb\xbf")  # an editor puts it there, and it is no part of what stands in it
    try:
        text = plain.decode()
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1 if event.start_mark is not None else 1
            if isinstance(event, yaml.AliasEvent):
                raise BeheerFout(
                    f"Regel {line}: een verwijzing met * kan in dit bestand niet. Schrijf de waarde voluit."
                )
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEP:
                raise BeheerFout(f"Regel {line}: hier staat te veel in elkaar.")
    except UnicodeDecodeError:
        raise BeheerFout("Het bestand is niet in UTF-8 opgeslagen. Sla het zo op, en stuur het opnieuw.") from None
    except yaml.YAMLError:
        pass  # the reader of the rule files says it, with the line
    faults = Faults()
    try:
        parse_file(plain, naam, faults)
    except (TypeError, yaml.YAMLError):  # a list as a key, or a sign that no text has
        raise BeheerFout("Het bestand is niet te lezen als bestand met cijfers. Kijk of u het goede hebt.") from None
    if faults.found:
        told = [f"Regel {line}: {said.strip()}." for line, said in (fault.split(":", 2)[1:] for fault in faults.found)]
        raise BeheerFout(" ".join(["Het bestand is niet te lezen.", *told[:3]]))
    return plain


# places


def _root(text: str) -> Node | None:
    try:
        root: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise BeheerFout("Dit bestand is niet te lezen. Haal het op, herstel het, en stuur het opnieuw.") from None
    return root


def _pairs(node: Node | None) -> dict[str, Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}


def _piece(text: str, node: Node, new: str) -> Stuk:
    start, end = node.start_mark.index, _end(node)
    if not isinstance(node, ScalarNode) and not text.startswith(("[", "{"), start):
        # a list under its key: in its place comes one line
        return text.rindex(":", 0, start) + 1, end, f" {new}"
    if start == end:
        after = end
        while text[after : after + 1] == " ":
            after += 1
        gone = after if text[after : after + 1] in (",", "}") else end
        return start, gone, f" {new}" if new else text[start:gone]
    if not new and text[end : end + 1] in ("", "\n", "\r") and text[start - 1] == " ":
        return start - 1, end, ""
    return start, end, new


def _remark(text: str, figure: Node | None, new: str) -> Stuk:
    """A remark, which a figure need not have: it comes as the last line of the figure, and goes with its line."""
    keys = _pairs(figure)
    if not isinstance(figure, MappingNode) or not keys:
        raise BeheerFout("Dit cijfer staat niet meer in dit bestand. Open de pagina opnieuw.")
    if figure.flow_style:
        raise BeheerFout(_OP_EEN_REGEL)
    written = yaml.safe_dump(new, allow_unicode=True, width=float("inf")).removesuffix("...\n").strip() if new else ""
    for key, value in figure.value:
        if key.value == OPMERKING:
            start, end = key.start_mark.index, _end(value)
            if written:
                return start, end, f"{OPMERKING}: {written}"
            return text.rfind("\n", 0, start) + 1, min(_line_end(text, end) + len(_newline(text)), len(text)), ""
    end = _line_end(text, max(map(_end, keys.values())))
    indent = " " * figure.start_mark.column
    return end, end, f"{_newline(text)}{indent}{OPMERKING}: {written}" if written else ""


def _end(node: Node) -> int:
    """Where a node ends; of a block that is where its last part ends."""
    if isinstance(node, ScalarNode) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    inside = _end(last[1] if isinstance(last, tuple) else last)
    return max(inside, int(node.end_mark.index)) if getattr(node, "flow_style", False) else inside


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    if found < 0:
        return len(text)
    return found - 1 if text[found - 1] == "\r" else found


def _line_of(text: str, key: Node) -> Stuk:
    """The whole line on which a key stands."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    found = text.find("\n", start)
    return start, len(text) if found < 0 else found + 1, ""


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with(text: str, pieces: Iterable[Stuk]) -> bytes:
    # of two at one place, a line of its own comes behind what belongs to the line before it
    for start, end, new in sorted(pieces, key=lambda piece: (*piece[:2], piece[2][:1] in ("\r", "\n")), reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode()
