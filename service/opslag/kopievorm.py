"""The form of a backup: lines of JSON, compressed, the same for both databases, with a seal at the end.

The first line says what it is; then come the tables, each with its columns and its rows; the last line has the count of
rows and the seal on everything before it. A file that was cut off has no last line.
"""

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from service.opslag.opslagfouten import OpslagFout
from service.opslag.sleutels import Sleutels

FORMAAT: Final = 1


class KopieFout(OpslagFout):
    """A backup that cannot be used."""


@dataclass(frozen=True, slots=True)
class Kop:
    """The first line: the version of the tables, when it was made, and of which ledger (by its first seal)."""

    schema: str
    gemaakt: str
    grootboek: str
    boekingen: int


@dataclass(slots=True)
class Kopieschrijver:
    """Writes a backup line by line, and keeps what the seal is put on."""

    file: gzip.GzipFile
    rows: int = 0
    _seen: Any = field(default_factory=hashlib.sha256)

    def line(self, value: object) -> None:
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._seen.update(data)
        self.file.write(data)

    def head(self, kop: Kop) -> None:
        self.line({
            "huurtoets": "reservekopie", "formaat": FORMAAT, "schema": kop.schema, "gemaakt": kop.gemaakt,
            "grootboek": kop.grootboek, "boekingen": kop.boekingen,
        })  # fmt: skip

    def table(self, name: str, columns: list[str]) -> None:
        self.line({"tabel": name, "kolommen": columns})

    def row(self, values: tuple[object, ...]) -> None:
        self.line([_out(value) for value in values])
        self.rows += 1

    def end(self, sleutels: Sleutels) -> None:
        self.line({"einde": self.rows, "zegel": sleutels.zegel(self._seen.digest())})


def read_backup(path: Path) -> Iterator[tuple[bytes, Any]]:
    """The lines of a backup, as they stand there and as values. Raises :class:`KopieFout`."""
    try:
        with gzip.open(path, "rb") as file:
            for line in file:
                yield line, json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "beschadigd, afgebroken, of geen reservekopie"
        raise KopieFout(f"De reservekopie {path} is niet te lezen ({reason}).") from None


def check_backup(path: Path, sleutels: Sleutels) -> Kop:
    """Read the whole backup and try its seal. Raises :class:`KopieFout`."""
    lines = read_backup(path)
    first, head = next(lines, (b"", None))
    found, seen, rows, end = _head(path, head), hashlib.sha256(first), 0, None
    for line, value in lines:
        if isinstance(value, dict) and "einde" in value:
            end = value
            break
        rows += isinstance(value, list)
        seen.update(line)
    if end is None or next(lines, None) is not None:
        raise KopieFout(f"De reservekopie {path} houdt op een andere plaats op dan zij zegt. Gebruik een andere.")
    if end != {"einde": rows, "zegel": sleutels.zegel(seen.digest())}:
        raise KopieFout(
            f"Het zegel van de reservekopie {path} klopt niet: zij is veranderd, of met een andere sleutel gemaakt. "
            "Zet eerst de sleutel terug die erbij hoort."
        )
    return found


def _head(path: Path, value: object) -> Kop:
    if not isinstance(value, dict) or value.get("huurtoets") != "reservekopie":
        raise KopieFout(f"{path} is geen reservekopie van Huurtoets.")
    if (found := value.get("formaat")) != FORMAAT:
        raise KopieFout(f"De reservekopie {path} heeft formaat {found}. Deze versie van Huurtoets leest {FORMAAT}.")
    match value:
        case {"schema": str(schema), "gemaakt": str(made), "grootboek": str(ledger), "boekingen": int(count)}:
            return Kop(schema, made, ledger, count)
    raise KopieFout(f"De eerste regel van de reservekopie {path} is beschadigd. Gebruik een andere.")


def _out(value: object) -> object:
    """A value of a column as JSON; what JSON has no form for stands in an object with one key."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"dag": value.isoformat()}
    if isinstance(value, dict | list):
        return {"json": value}
    raise KopieFout(f"Een waarde van de soort {type(value).__name__} kan niet in een reservekopie.")


def read_value(value: Any) -> object:
    """What :func:`_out` wrote."""
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    if kind == "bytes":
        return base64.b64decode(inside)
    if kind == "moment":
        return datetime.fromisoformat(inside)
    return date.fromisoformat(inside) if kind == "dag" else inside
