"""The ledger: who did what, when and why; each entry sealed, and chained to the one before."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

import structlog
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.invoer.bsn import holds_bsn
from service.opslag.bewaard import moment_text
from service.opslag.boekingsoorten import BETROKKENEN, BOEKINGEN
from service.opslag.gegevensmap import write_whole
from service.opslag.grootboektabellen import BeschermdeInhoud, Betrokkene, Boeking
from service.opslag.opslagfouten import OpslagFout, SleutelFout
from service.opslag.sleutels import Sleutels, hash_of, read_key

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

# PostgreSQL: one writer of the ledger at a time, until its transaction ends (SQLite has one writer of anything)
_SLOT: Final = 0x67726F6F
_WIE: Final = re.compile(r"[a-z]+:[\w.@+-]{1,100}", re.ASCII)
_WAAROM_MOST: Final = 2_000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Feit:
    """What is to be written in the ledger.

    ``wie`` is ``gebruiker:NUMBER`` or ``opdrachtregel:NAME``, ``wat`` one of :data:`BOEKINGEN`, ``waarom`` a sentence.
    Nothing in these, in ``onderwerp`` or in ``inhoud`` may be traced to somebody: that goes in ``beschermd``, with its
    ``betrokkene``.
    """

    wie: str
    wat: str
    waarom: str
    onderwerp: str = ""
    inhoud: Mapping[str, Json] = field(default_factory=lambda: MappingProxyType({}))
    betrokkene: str = ""
    beschermd: Mapping[str, Json] | None = None


class Grootboek:
    """The ledger of one database, with the key in the file ``sleutel``; ``anker`` is kept outside the database."""

    def __init__(self, sleutel: Path, anker: Path) -> None:
        self._key_file, self._anchor = sleutel, anker

    @cached_property
    def sleutels(self) -> Sleutels:
        """The key. Raises :class:`SleutelFout`."""
        return read_key(self._key_file)

    def schrijf(self, session: Session, feit: Feit) -> int:
        """Add an entry in this unit of work, and give its number; do it last, for other writers wait from here on.

        Raises :class:`OpslagFout` when it may not be written, :class:`SleutelFout` when it is not the ledger's key.
        """
        _check(feit)
        session.flush()
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": _SLOT})
        number, before = last_entry(session)
        key = session.scalar(select(Boeking.sleutel).where(Boeking.nummer == number)) or self.sleutels.kenmerk
        if key != self.sleutels.kenmerk:
            raise SleutelFout(
                f"De sleutel {self._key_file} is een andere dan die van dit grootboek. Zet de oude terug."
            )
        locked = self._locked(session, feit, number + 1)
        entry = Boeking(
            nummer=number + 1,
            wanneer=moment_text(nu()),
            wie=feit.wie,
            wat=feit.wat,
            onderwerp=feit.onderwerp,
            waarom=feit.waarom,
            inhoud=canonical(feit.inhoud),
            betrokkene=feit.betrokkene,
            beschermd=hash_of(locked) if locked else "",
            sleutel=key,
            vorige=before,
            zegel="",
        )
        entry.zegel = self.sleutels.zegel(sealed(entry))
        session.add(entry)
        session.flush()
        if locked:
            session.add(BeschermdeInhoud(nummer=entry.nummer, betrokkene=feit.betrokkene, gegevens=locked))
            session.flush()
        seal = entry.zegel
        event.listen(session, "after_commit", lambda _: self.veranker(number + 1, seal), once=True)
        return number + 1

    def nieuwe_betrokkene(self, session: Session, soort: str) -> str:
        """Somebody of kind ``soort`` whom content can be traced to; what to call it from now on."""
        if soort not in BETROKKENEN:
            raise OpslagFout(f"Er is geen bewaartermijn voor '{soort}'.")
        name = str(uuid.uuid4())
        session.add(Betrokkene(kenmerk=name, soort=soort, gemaakt=nu(), sleutel=self.sleutels.nieuwe_sleutel(name)))
        session.flush()
        return name

    def beschermd(self, session: Session, nummer: int) -> Mapping[str, Json] | None:
        """What can be traced in an entry; None when there is nothing, or it was erased."""
        row = session.execute(
            select(BeschermdeInhoud.gegevens, Betrokkene.kenmerk, Betrokkene.sleutel)
            .join(Betrokkene, Betrokkene.kenmerk == BeschermdeInhoud.betrokkene)
            .where(BeschermdeInhoud.nummer == nummer)
        ).first()
        if row is None or row.sleutel is None:
            return None
        found: Mapping[str, Json] = json.loads(self.sleutels.ontgrendel(row.kenmerk, row.sleutel, nummer, row.gegevens))
        return found

    def verankerd(self) -> tuple[int, str] | None:
        """The last entry that was written from this data directory: number and seal."""
        try:
            number, seal = self._anchor.read_text(encoding="ascii").split()
            return int(number), seal
        except FileNotFoundError:
            return None
        except ValueError:
            raise OpslagFout(f"In {self._anchor} staat niet een nummer met een zegel.") from None

    def veranker(self, nummer: int, zegel: str, *, terug: bool = False) -> None:
        """Note outside the database how far the ledger is; ``terug`` also to an earlier entry, after a restore."""
        try:
            found = self.verankerd()
            if terug or found is None or found[0] < nummer:
                write_whole(self._anchor, f"{nummer} {zegel}\n".encode("ascii"))
        except (OSError, OpslagFout) as error:  # the entry itself was written
            log.warning("anker niet geschreven", soort=type(error).__name__)

    def _locked(self, session: Session, feit: Feit, number: int) -> bytes | None:
        if feit.beschermd is None:
            return None
        subject = session.get(Betrokkene, feit.betrokkene)
        if subject is None or subject.sleutel is None:
            raise OpslagFout("Deze betrokkene is er niet, of is gewist.")
        return self.sleutels.vergrendel(subject.kenmerk, subject.sleutel, number, canonical(feit.beschermd).encode())


def last_entry(session: Session) -> tuple[int, str]:
    """Number and seal of the last entry; 0 and nothing while there is none."""
    row = session.execute(select(Boeking.nummer, Boeking.zegel).order_by(Boeking.nummer.desc()).limit(1)).first()
    return (row.nummer, row.zegel) if row else (0, "")


def entries(session: Session, first: int) -> Iterator[dict[str, Json]]:
    """The entries from number ``first`` on, without what can be traced."""
    names = ("nummer", "wanneer", "wie", "wat", "onderwerp", "waarom", "betrokkene", "beschermd", "vorige", "zegel")
    asked = select(Boeking).where(Boeking.nummer >= first).order_by(Boeking.nummer)
    for entry in session.scalars(asked.execution_options(yield_per=1_000)):
        yield {name: getattr(entry, name) for name in names} | {"inhoud": json.loads(entry.inhoud)}


def canonical(value: Mapping[str, Json]) -> str:
    """The one way to write a value, so that its hash is one too. Raises :class:`TypeError` for what is no JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Json) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, float) or not isinstance(value, Sequence):
        raise TypeError(f"in the ledger goes no {type(value).__name__}")
    return [_plain(part) for part in value]


def sealed(entry: Boeking, nummer: int | None = None) -> bytes:
    """What the seal of an entry is put on: all of it, its place (or ``nummer``) and the seal before it included."""
    names = ("wie", "wat", "onderwerp", "waarom", "inhoud", "betrokkene", "beschermd", "sleutel", "vorige")
    parts: dict[str, Json] = {name: getattr(entry, name) for name in names}
    number = entry.nummer if nummer is None else nummer
    return canonical(parts | {"nummer": number, "wanneer": entry.wanneer}).encode()


def _check(feit: Feit) -> None:
    if feit.wat not in BOEKINGEN:
        raise OpslagFout(f"Het grootboek kent geen '{feit.wat}'.")
    if not _WIE.fullmatch(feit.wie):
        raise OpslagFout("Bij een boeking hoort wie het deed, als gebruiker:NUMMER of opdrachtregel:NAAM.")
    if not feit.waarom.strip() or len(feit.waarom) > _WAAROM_MOST:
        raise OpslagFout(f"Geef een reden, van hoogstens {_WAAROM_MOST} tekens.")
    if holds_bsn(feit.waarom):
        raise OpslagFout("In de reden staat een getal dat een burgerservicenummer kan zijn. Laat het weg.")
    if (feit.beschermd is None) != (not feit.betrokkene):
        raise OpslagFout("Wat tot iemand te herleiden is, hoort bij een betrokkene, en andersom.")
