"""A zip that is not believed, and small XML without entities: how a workbook is taken apart."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from service.portefeuille.fouten import PortefeuilleFout

BESCHADIGD: Final = "Dit is geen leesbaar Excel-bestand. Bewaar het opnieuw."
# what a workbook unpacks to, at most, for each byte of the file; a small one may be much of the same
UITGEPAKT: Final = 25
_SMALL: Final = 2 << 20
# the parts that say what is where
_DIRECTIONS: Final = 4 << 20
_PIECE: Final = 1 << 20
_DEEPEST: Final = 64


class Zip:
    """The parts of a zip, by name; what comes out of it is counted, and what it says of its sizes is not believed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = UITGEPAKT * max(path.stat().st_size, _SMALL)
        with zipfile.ZipFile(path) as parts:
            self._parts = {part.filename.replace("\\", "/").lower(): part for part in parts.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def small(self, name: str) -> bytes:
        """A part that is small in every real workbook."""
        found = b""
        for piece in self.pieces(name):
            found += piece
            if len(found) > _DIRECTIONS:
                raise PortefeuilleFout(BESCHADIGD)
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, in pieces."""
        part = self._parts.get(name.lower())
        if part is None or part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PortefeuilleFout(BESCHADIGD)
        with self._path.open("rb") as file:
            file.seek(part.header_offset)
            head = file.read(30)
            if len(head) < 30 or head[:4] != b"PK\x03\x04":
                raise PortefeuilleFout(BESCHADIGD)
            file.seek(sum(struct.unpack_from("<HH", head, 26)), 1)
            come_out = _stored if part.compress_type == zipfile.ZIP_STORED else _inflated
            for piece in come_out(file, part.compress_size):
                self._left -= len(piece)
                if self._left < 0:
                    raise PortefeuilleFout("Dit Excel-bestand is uitgepakt te groot. Bewaar het als CSV of Parquet.")
                yield piece


def _stored(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := file.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


def _inflated(file: IO[bytes], size: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    try:
        for packed in _stored(file, size):
            while packed and not inflate.eof:
                if piece := inflate.decompress(packed, _PIECE):
                    yield piece
                packed = inflate.unconsumed_tail
        while not inflate.eof and (piece := inflate.decompress(b"", _PIECE)):
            yield piece
    except zlib.error:
        raise PortefeuilleFout(BESCHADIGD) from None
    if not inflate.eof:
        raise PortefeuilleFout(BESCHADIGD)


def elements(text: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small XML file in order, each with its attributes. No document type: no entities either."""
    found: list[tuple[str, dict[str, str]]] = []
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise PortefeuilleFout(BESCHADIGD)
        found.append((name.rpartition(" ")[2], attributes))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise PortefeuilleFout(BESCHADIGD)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError:
        raise PortefeuilleFout(BESCHADIGD) from None
    return found
