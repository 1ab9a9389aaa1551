"""What stands in rule files and reports: kept once under its hash, and checked against it whenever it is read."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from regels.laden import hash_of_file
from service.beheer.beheerfouten import Veranderd
from service.beheer.revisietabellen import Regelinhoud

_KEEP = text("INSERT INTO regelinhoud (hash, gegevens) VALUES (:hash, :gegevens) ON CONFLICT DO NOTHING")


def keep(session: Session, contents: Iterable[bytes]) -> None:
    """Keep each of these; what is there already stays."""
    by_hash = {hash_of_file(content): content for content in contents}
    known = set(session.scalars(select(Regelinhoud.hash).where(Regelinhoud.hash.in_(by_hash))))
    # in one order, so that two who keep the same never wait for each other
    for name in sorted(by_hash.keys() - known):
        session.execute(_KEEP, {"hash": name, "gegevens": by_hash[name]})


def kept(session: Session, manifest: Mapping[str, str]) -> dict[str, bytes]:
    """What stands in each file of a manifest. Raises :class:`Veranderd` when that is not what was kept."""
    rows = session.execute(
        select(Regelinhoud.hash, Regelinhoud.gegevens).where(Regelinhoud.hash.in_(set(manifest.values())))
    )
    by_hash = {row.hash: row.gegevens for row in rows}
    for name, wanted in manifest.items():
        if wanted not in by_hash or hash_of_file(by_hash[wanted]) != wanted:
            raise Veranderd(
                f"De inhoud van '{name}' in de database is niet meer wat er is bewaard. Zet een reservekopie terug "
                "met: huurtoets database herstel"
            )
    return {name: by_hash[wanted] for name, wanted in manifest.items()}


def applied(basis: Mapping[str, str], anders: Mapping[str, str | None]) -> dict[str, str]:
    """The manifest of a draft: that of its basis with what differs."""
    return {name: hash_ for name, hash_ in (dict(basis) | dict(anders)).items() if hash_ is not None}


def differing(basis: Mapping[str, str], manifest: Mapping[str, str]) -> dict[str, str | None]:
    """What differs in ``manifest`` from ``basis``; None is a file that is gone."""
    gone: dict[str, str | None] = dict.fromkeys(basis.keys() - manifest.keys())
    return gone | {name: hash_ for name, hash_ in manifest.items() if basis.get(name) != hash_}
