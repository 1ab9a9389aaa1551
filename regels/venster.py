"""The days on which something is in force."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Venster:
    """The days on which something is in force; no end means until it is changed."""

    vanaf: date
    tot_en_met: date | None

    def bevat(self, dag: date) -> bool:
        """Whether ``dag`` lies in this window."""
        return self.vanaf <= dag and (self.tot_en_met is None or dag <= self.tot_en_met)

    def raakt(self, ander: "Venster") -> bool:
        """Whether there is a day that lies in both."""
        return self.bevat(ander.vanaf) or ander.bevat(self.vanaf)
