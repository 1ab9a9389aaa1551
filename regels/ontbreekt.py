"""In which order missing fields are asked: the same for one household and for a table."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from regels.velden import GROEPEN, Veld

NIEMAND: Final = "/personen"
# in place of a JSON pointer: the figure that is not there on the date it is asked for
CIJFER: Final = "cijfer:"


class Volgorde:
    """The order of the fields of a rule set."""

    def __init__(self, velden: Mapping[str, Veld]) -> None:
        groups = {group: index for index, group in enumerate(("vraag", "persoon", "woning", "servicekosten"))}
        assert set(groups) == set(GROEPEN)
        self._of_persons: dict[str, int] = {}
        self._ranks: dict[str, tuple[int, int, int]] = {NIEMAND: (groups["persoon"], -1, 0)}
        for index, veld in enumerate(velden.values()):
            if veld.groep == "persoon":
                self._of_persons[veld.json] = index
            else:
                self._ranks[veld.pointer()] = (groups[veld.groep], 0, index)

    def __call__(self, waiting: Sequence[Collection[str]]) -> list[str]:
        """The pointers that unknown rules wait for, each once; ``waiting`` has those of each unknown rule.

        What most rules wait for decides first; of equals, what is in the rule that waits for the fewest; then in the
        order of the fields file: the question, each person, the dwelling. Missing figures come last.
        """
        count = Counter(pointer for fields in waiting for pointer in fields)
        fewest: dict[str, int] = {}
        for fields in waiting:
            for pointer in fields:
                fewest[pointer] = min(fewest.get(pointer, len(fields)), len(fields))
        return sorted(count, key=lambda pointer: (-count[pointer], fewest[pointer], self._rank(pointer), pointer))

    def _rank(self, pointer: str) -> tuple[int, int, int]:
        rank = self._ranks.get(pointer)
        if rank is None:
            if pointer.startswith(CIJFER):
                rank = (len(GROEPEN), 0, 0)
            else:
                _, group, person, name = pointer.split("/")
                rank = (self._ranks[f"/{group}"][0], int(person), self._of_persons[name])
            self._ranks[pointer] = rank
        return rank
