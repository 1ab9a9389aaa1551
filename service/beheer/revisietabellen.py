"""The tables of revisions and drafts. A manifest is JSON: the hash of each file by its name."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.opslag.bewaard import Bewaard, Tijdstip

OPEN: Final = "open"
GEPUBLICEERD: Final = "gepubliceerd"
INGETROKKEN: Final = "ingetrokken"


def as_text(manifest: Mapping[str, str | None]) -> str:
    """A manifest, or what differs from one (None: the file is gone), in the one way to write it."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Regelinhoud(Bewaard):
    """What stands in a rule file or a report, kept once under its hash. It never changes."""

    __tablename__ = "regelinhoud"

    hash: Mapped[str] = mapped_column(String(71), primary_key=True)
    gegevens: Mapped[bytes] = mapped_column(LargeBinary)


class Revisie(Bewaard):
    """A published rule set. It never changes; number 0 is what came with the product."""

    __tablename__ = "revisie"

    nummer: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(71), index=True)
    manifest: Mapped[str] = mapped_column(Text)
    formaat: Mapped[int] = mapped_column(Integer)
    versie: Mapped[str] = mapped_column(String(200))
    reden: Mapped[str] = mapped_column(Text)
    # the revision whose mistake this one corrects
    herstelt: Mapped[int | None] = mapped_column(BigInteger)
    # the draft it was, and the hash of the report that was approved with it; empty for number 0
    concept: Mapped[str] = mapped_column(String(60))
    rapport: Mapped[str] = mapped_column(String(71))
    gepubliceerd: Mapped[datetime] = mapped_column(Tijdstip)

    @property
    def bestanden(self) -> dict[str, str]:
        """The hash of each file by its name."""
        found: dict[str, str] = json.loads(self.manifest)
        return found


class Pakketstand(Bewaard):
    """Rule files that came with a version of the product, so that the next version knows what it changed."""

    __tablename__ = "pakketstand"

    hash: Mapped[str] = mapped_column(String(71), primary_key=True)
    manifest: Mapped[str] = mapped_column(Text)
    versie: Mapped[str] = mapped_column(String(200))
    volgnummer: Mapped[int] = mapped_column(Integer, unique=True)
    # the draft that came of it; empty where none did
    concept: Mapped[str] = mapped_column(String(60))
    gezien: Mapped[datetime] = mapped_column(Tijdstip)

    @property
    def bestanden(self) -> dict[str, str]:
        """The hash of each file by its name."""
        found: dict[str, str] = json.loads(self.manifest)
        return found


class Concept(Bewaard):
    """A draft: the files that differ from the revision ``basis``. ``opgeslagen`` counts how often it was changed."""

    __tablename__ = "concept"

    naam: Mapped[str] = mapped_column(String(60), primary_key=True)
    reden: Mapped[str] = mapped_column(Text)
    herstelt: Mapped[int | None] = mapped_column(BigInteger)
    basis: Mapped[int] = mapped_column(BigInteger)
    formaat: Mapped[int] = mapped_column(Integer)
    stand: Mapped[str] = mapped_column(String(20))
    opgeslagen: Mapped[int] = mapped_column(Integer)
    wijzigingen: Mapped[str] = mapped_column(Text)
    # of all its files together, those of the basis included
    hash: Mapped[str] = mapped_column(String(71))
    # what somebody must look at before approving: two versions of one file, say
    let_op: Mapped[str] = mapped_column(Text)
    # everybody who entered something, by account, with commas; nobody when it came with the product
    invoerders: Mapped[str] = mapped_column(Text)
    # and by person, as a keyed mark that says nothing: another account of the same person is the same person
    personen: Mapped[str] = mapped_column(Text)
    # the report of which content, and whether all was in order
    rapport: Mapped[str] = mapped_column(String(71))
    rapport_over: Mapped[str] = mapped_column(String(71))
    rapport_klopt: Mapped[bool] = mapped_column(Boolean)
    # who approved which content and which report; all empty when nobody did
    goedgekeurd_door: Mapped[str] = mapped_column(String(36))
    goedgekeurd_persoon: Mapped[str] = mapped_column(String(64))
    goedgekeurd_over: Mapped[str] = mapped_column(String(150))
    gewijzigd: Mapped[datetime] = mapped_column(Tijdstip)

    @property
    def anders(self) -> dict[str, str | None]:
        """The hash of each file that differs from the basis; None is one that is gone."""
        found: dict[str, str | None] = json.loads(self.wijzigingen)
        return found

    @property
    def door(self) -> list[str]:
        """The accounts that entered something."""
        return [one for one in self.invoerders.split(",") if one]

    @property
    def over(self) -> str:
        """What an approval is about: this content with this report; empty while there is no report of it."""
        return f"{self.hash} {self.rapport}" if self.rapport and self.rapport_over == self.hash else ""

    @property
    def goedgekeurd(self) -> bool:
        """Whether somebody approved what stands there now."""
        return bool(self.over) and self.goedgekeurd_over == self.over


class Aanvaarding(Bewaard):
    """A warning about a draft that somebody accepted, by the code of the finding: why, and by which account."""

    __tablename__ = "aanvaarding"

    concept: Mapped[str] = mapped_column(ForeignKey("concept.naam"), primary_key=True)
    code: Mapped[str] = mapped_column(String(400), primary_key=True)
    reden: Mapped[str] = mapped_column(Text)
    door: Mapped[str] = mapped_column(String(36))
    wanneer: Mapped[datetime] = mapped_column(Tijdstip)
