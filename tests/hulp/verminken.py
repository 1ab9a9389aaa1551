"""Files with bytes changed: what a bad disk, a bad programme or a bad person makes of them."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import polars as pl

from tests.hulp.bestanden import NAMEN, WONINGEN, book_case, csv_text, fill_table, workbook

Soort = tuple[str, bytes]
_ODD: Final = (b"\0", b'"', b";", b"\n", b"\r", b"\xff\xfe", b"\xc3", b"<", b"&", b"PK\x03\x04", b"PAR1", b"\x7f" * 9)


def gave(folder: Path) -> list[Soort]:
    """One whole file of every kind: its ending, and what is in it."""
    folder.mkdir(exist_ok=True)
    rows = [NAMEN, *((f"W{at}", *WONINGEN[at % 3][1:]) for at in range(200))]
    frame = pl.DataFrame({name: [str(row[at]) for row in rows[1:]] for at, name in enumerate(NAMEN)})
    frame.write_parquet(folder / "a.parquet")
    book_case("a", lambda book: fill_table(book.add_worksheet(), rows=rows[1:])).maak(folder / "a.xlsx")
    text = csv_text(rows)
    return [
        ("csv", text.encode()),
        ("csv", text.encode("utf-16")),
        ("csv", csv_text([(*row, f'"x {at}"') for at, row in enumerate(rows)]).encode("cp1252")),
        ("xlsx", (folder / "a.xlsx").read_bytes()),
        ("xlsx", workbook('<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>' * 50)),
        ("parquet", (folder / "a.parquet").read_bytes()),
        ("yaml", b"woningen:\n" + b"".join(f"  {name}: negeren\n".encode() for name in NAMEN)),
    ]


def verminkt(whole: list[Soort], seed: int) -> Iterator[Soort]:
    """Changed files, without end."""
    chance = random.Random(seed)
    while True:
        ending, content = chance.choice(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            content = chance.choice(_WAYS)(chance, content)
        yield ending, content


def _change(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(_ODD) * chance.choice((1, 1, 300)) + content[at:]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    at, size = chance.randrange(len(content) + 1), chance.randrange(1, 2_000)
    return content[:at] + content[at : at + size] * chance.choice((2, 50)) + content[at:]


def _number(chance: random.Random, content: bytes) -> bytes:
    """A size or an offset that is another one."""
    at = chance.randrange(len(content) + 1)
    size = chance.choice((1, 2, 4, 8))
    value = chance.choice((0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), chance.randrange(2 ** (8 * size))))
    return content[:at] + value.to_bytes(size, "little") + content[at + size :]


_WAYS: Final[tuple[Callable[[random.Random, bytes], bytes], ...]] = (_change, _cut, _insert, _repeat, _number)
