"""What lasts, as one value that is handed along: the database, and the data directory beside it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.basis.instellingen import Instellingen
from service.opslag.gegevensmap import Gegevensmap, standaardmap
from service.opslag.opslagfouten import GeenOpslag, OpslagFout

if TYPE_CHECKING:
    from sqlalchemy import URL

    from service.opslag.database import Database
    from service.opslag.grootboek import Grootboek
    from service.opslag.wissen import Wislijst

GEEN: Final = "geen"
_SQLITE, _POSTGRES = "sqlite:///", ("postgresql://", "postgres://", "postgresql+psycopg://")


class Opslagstand(StrEnum):
    """How the database is now, for whoever watches over the service."""

    GEEN = "geen"
    GOED = "goed"
    ALLEEN_LEZEN = "alleen-lezen"
    ONBEREIKBAAR = "onbereikbaar"
    ANDER_SCHEMA = "ander-schema"


@dataclass(frozen=True)
class Opslag:
    """The database at ``url`` (None: the embedded one; ``geen``: none), and the data directory.

    Making one opens and imports nothing: that waits for its first use, since a check of a household needs none of it.
    """

    map_: Gegevensmap
    url: str | None = None
    sleutel: Path | None = None

    @classmethod
    def van(cls, settings: Instellingen) -> "Opslag":
        """As the settings say."""
        url = settings.database_url.get_secret_value() if settings.database_url is not None else None
        return cls(Gegevensmap(settings.gegevensmap or standaardmap()), url, settings.sleutelbestand)

    @property
    def ingebouwd(self) -> bool:
        """Whether it is the embedded database, which the product looks after by itself."""
        return self.url is None

    @property
    def geen(self) -> bool:
        """Whether a setting says that there is no database."""
        return self.url == GEEN

    @cached_property
    def database(self) -> "Database":
        """The database. Raises :class:`GeenOpslag` when there is none, or its address cannot be used."""
        from service.opslag.database import Database

        return Database(_parse(str(self.map_.database), self.url))

    @property
    def sleutelbestand(self) -> Path:
        """The file with the key of the ledger."""
        return self.sleutel or self.map_.sleutel

    @cached_property
    def grootboek(self) -> "Grootboek":
        """The ledger."""
        from service.opslag.grootboek import Grootboek

        return Grootboek(self.sleutelbestand, self.map_.anker)

    @cached_property
    def wislijst(self) -> "Wislijst":
        """Who was erased."""
        from service.opslag.wissen import Wislijst

        return Wislijst(self.map_.gewist)

    def stand(self) -> Opslagstand:
        """How the database is now; opens it."""
        if self.geen:
            return Opslagstand.GEEN
        try:
            return self.database.stand()
        except OpslagFout:
            return Opslagstand.ONBEREIKBAAR

    def sluit(self) -> None:
        """Give the connections back."""
        if "database" in self.__dict__:
            self.database.sluit()


def _parse(embedded: str, url: str | None) -> "URL":
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if url is None:
        return URL.create("sqlite", database=embedded)
    if url == GEEN:
        raise GeenOpslag("Er is geen database ingesteld (HUURTOETS_DATABASE_URL is geen), dus er wordt niets bewaard.")
    try:
        found = make_url(url)
    except ArgumentError:
        found = None
    if found is not None and url.startswith(_POSTGRES) and found.database:
        return found.set(drivername="postgresql+psycopg")
    if found is not None and url.startswith(_SQLITE) and found.database and set(found.query) <= {"mode"}:
        return found.set(drivername="sqlite")
    raise GeenOpslag(
        "HUURTOETS_DATABASE_URL is niet te gebruiken. Schrijf sqlite:///MAP/BESTAND, "
        "postgresql://GEBRUIKER:WACHTWOORD@HOST/DATABASE, of geen."
    )
