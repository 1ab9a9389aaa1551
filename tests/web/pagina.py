"""A page as a test reads it: elements by tag and attribute, with their text. The standard library has no more."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "path", "circle", "br", "img"}


@dataclass
class Element:
    """One element; ``children`` are elements and texts in order, and stay as they were read."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, tag: str = "", **wanted: str) -> Iterator["Element"]:
        """Every element below this one with this tag and these attributes (a word of a class is enough)."""
        words = [(name.rstrip("_"), value) for name, value in wanted.items()]
        for element in self._by_id.get(wanted["id"], []) if "id" in wanted else self._below:
            if tag in ("", element.tag) and all(
                value in element.attributes.get(name, "").split() for name, value in words
            ):
                yield element

    @cached_property
    def _below(self) -> list["Element"]:
        found: list[Element] = []
        todo = [child for child in reversed(self.children) if isinstance(child, Element)]
        while todo:
            found.append(todo.pop())
            todo += (child for child in reversed(found[-1].children) if isinstance(child, Element))
        return found

    @cached_property
    def _by_id(self) -> dict[str, list["Element"]]:
        found: dict[str, list[Element]] = {}
        for element in self._below:
            for word in element.attributes.get("id", "").split():
                found.setdefault(word, []).append(element)
        return found

    def one(self, tag: str = "", **wanted: str) -> "Element":
        (found,) = self.all(tag, **wanted)
        return found

    @property
    def ids(self) -> set[str]:
        return {element.attributes["id"] for element in self.all() if "id" in element.attributes}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> sluit <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(html: str) -> Element:
    """The document in ``html``; an element that is not closed fails."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"niet gesloten: {reader.open[-1].tag}"
    return reader.open[0]


def filled(page: Element) -> dict[str, str]:
    """What a browser would post from the form, without what is empty and without a button."""
    page = page.one("form", id="formulier")
    found = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="text")}
    found |= {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")}
    found |= {
        e.attributes["name"]: e.attributes["value"]
        for e in page.all("input", type="radio")
        if "checked" in e.attributes
    }
    for select in page.all("select"):
        chosen = [e.attributes["value"] for e in select.all("option") if "selected" in e.attributes]
        found[select.attributes["name"]] = chosen[0] if chosen else ""
    return {name: value for name, value in found.items() if value and name != "merk"}


def beside(page: Element) -> dict[str, str]:
    """What a browser would post beside the form: the mark of the answer, and the fields elsewhere that belong to it."""
    found = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", name="merk")}
    own = [e for e in page.all() if e.attributes.get("form") == "formulier" and "name" in e.attributes]
    for e in own:
        if e.tag == "input":
            found[e.attributes["name"]] = e.attributes["value"]
        elif e.tag == "select":
            chosen = [option.attributes["value"] for option in e.all("option") if "selected" in option.attributes]
            found[e.attributes["name"]] = chosen[0] if chosen else ""
    return found
