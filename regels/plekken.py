"""Where a field of the question stands, and every way in which that is written: one object knows them all.

The same field is ``kale_huur`` in a rule, ``kaleHuur`` in JSON, ``/woning/kaleHuur`` as a pointer, ``woning.kaleHuur``
on the form and ``woning_kale_huur`` above a column. Nobody else puts these together or takes them apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from regels.velden import Veld

PERSONEN = "personen"


@dataclass(frozen=True)
class Plek:
    """One field of one question; ``persoon`` is the index of the resident it is of, from 0."""

    veld: Veld
    persoon: int | None = None

    @cached_property
    def pointer(self) -> str:
        """The JSON pointer: ``/woning/kaleHuur``."""
        return self.veld.pointer(self.persoon)

    @cached_property
    def naam(self) -> str:
        """The name on the form: ``woning.kaleHuur``."""
        return form_name(self.pointer)

    @cached_property
    def id(self) -> str:
        """What it is called on a page, for a link to it: ``woning-kaleHuur``."""
        return element_id(self.naam)

    @cached_property
    def kolom(self) -> str:
        """The column of a table: ``woning_kale_huur``, and of the first resident ``p1_rol``."""
        if self.persoon is not None:
            return f"p{self.persoon + 1}_{self.veld.naam}"
        return f"woning_{self.veld.naam}" if self.veld.groep == "woning" else self.veld.naam

    @cached_property
    def label(self) -> str:
        """What it is called in words, and of which resident it is."""
        return self.veld.label_van(self.persoon)


def places(velden: Mapping[str, Veld], personen: int) -> tuple[Plek, ...]:
    """Every field of a question with so many residents, in the order of the fields."""
    return tuple(
        Plek(veld, person)
        for veld in velden.values()
        for person in (range(personen) if veld.groep == "persoon" else (None,))
    )


def form_name(pointer: str) -> str:
    """The name on the form of what stands at a JSON pointer."""
    return pointer.removeprefix("/").replace("/", ".")


def pointer_of(name: str) -> str:
    """The JSON pointer of what has this name on the form."""
    return "/" + name.replace(".", "/")


def element_id(name: str) -> str:
    """What the field with this name on the form is called on a page."""
    return name.replace(".", "-")


def person_at(pointer: str) -> int | None:
    """The index of the resident that a JSON pointer is about."""
    return int(pointer.split("/")[2]) if pointer.startswith(f"/{PERSONEN}/") else None
