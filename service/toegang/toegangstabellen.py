"""The tables of accounts and sessions."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.opslag.bewaard import Bewaard, Tijdstip


class Gebruiker(Bewaard):
    """An account. It signs in with a password of its own, or with a provider (``uitgever``, ``onderwerp``)."""

    __tablename__ = "gebruiker"
    __table_args__ = (UniqueConstraint("uitgever", "onderwerp"),)

    kenmerk: Mapped[str] = mapped_column(String(36), primary_key=True)
    # what the ledger calls this person, so that name and person can be erased there
    betrokkene: Mapped[str] = mapped_column(ForeignKey("betrokkene.kenmerk"))
    naam: Mapped[str] = mapped_column(String(254), unique=True)
    # the same in every account of one person, in lower case
    persoon: Mapped[str] = mapped_column(String(254), index=True)
    organisatie: Mapped[str] = mapped_column(String(120))
    # with commas, in alphabetical order
    rollen: Mapped[str] = mapped_column(String(200))
    wachtwoord: Mapped[str | None] = mapped_column(Text)
    moet_wijzigen: Mapped[bool] = mapped_column(Boolean)
    uitgever: Mapped[str | None] = mapped_column(String(254))
    onderwerp: Mapped[str | None] = mapped_column(String(254))
    geblokkeerd: Mapped[datetime | None] = mapped_column(Tijdstip)
    gemaakt: Mapped[datetime] = mapped_column(Tijdstip)


class Sessie(Bewaard):
    """Somebody who signed in, in one browser. Of what the browser holds only the hash is kept."""

    __tablename__ = "sessie"

    sleutel: Mapped[str] = mapped_column(String(64), primary_key=True)
    # what it is called on the page of the account
    kenmerk: Mapped[str] = mapped_column(String(36), unique=True)
    gebruiker: Mapped[str] = mapped_column(ForeignKey("gebruiker.kenmerk"), index=True)
    begonnen: Mapped[datetime] = mapped_column(Tijdstip)
    gezien: Mapped[datetime] = mapped_column(Tijdstip)
