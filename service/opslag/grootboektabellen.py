"""The tables of the ledger. What a row may become is guarded by the database itself: see migration 0001."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.opslag.bewaard import Bewaard, Tijdstip


class Betrokkene(Bewaard):
    """Somebody or something (a dwelling, a household) whom content can be traced to, by a name that says nothing."""

    __tablename__ = "betrokkene"

    kenmerk: Mapped[str] = mapped_column(String(36), primary_key=True)
    soort: Mapped[str] = mapped_column(String(60))
    gemaakt: Mapped[datetime] = mapped_column(Tijdstip)
    # the key of all that is kept about it, locked with that of the data directory; None once it was erased
    sleutel: Mapped[bytes | None] = mapped_column(LargeBinary)


class Boeking(Bewaard):
    """One entry of the ledger. It is never changed and never taken out."""

    __tablename__ = "boeking"

    nummer: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # as text: the seal is on what stands there, also when it is no moment any more
    wanneer: Mapped[str] = mapped_column(String(27))
    wie: Mapped[str] = mapped_column(String(120))
    wat: Mapped[str] = mapped_column(String(60))
    onderwerp: Mapped[str] = mapped_column(String(200), index=True)
    waarom: Mapped[str] = mapped_column(Text)
    inhoud: Mapped[str] = mapped_column(Text)
    # whom it can be traced to, and the hash of what stands in beschermde_inhoud; both empty, or neither
    betrokkene: Mapped[str] = mapped_column(String(36))
    beschermd: Mapped[str] = mapped_column(String(64))
    sleutel: Mapped[str] = mapped_column(String(16))
    vorige: Mapped[str] = mapped_column(String(64))
    zegel: Mapped[str] = mapped_column(String(64))


class BeschermdeInhoud(Bewaard):
    """The part of an entry that can be traced to somebody, locked with the key of that one."""

    __tablename__ = "beschermde_inhoud"

    nummer: Mapped[int] = mapped_column(ForeignKey("boeking.nummer"), primary_key=True)
    betrokkene: Mapped[str] = mapped_column(ForeignKey("betrokkene.kenmerk"), index=True)
    gegevens: Mapped[bytes] = mapped_column(LargeBinary)
