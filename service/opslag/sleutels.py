"""The one secret of an installation, and what is made from it: seals for the ledger, and locks on keys of subjects."""

import base64
import binascii
import hashlib
import hmac
import os
from pathlib import Path
from typing import Final

from service.opslag.gegevensmap import beside, write_whole
from service.opslag.opslagfouten import SleutelFout

_SIZE: Final = 32
_NONCE: Final = 12


class Sleutels:
    """What ``geheim`` (32 bytes) opens. A key of its own is made from it for each use."""

    def __init__(self, geheim: bytes) -> None:
        self._seal, self._lock = (
            hmac.digest(geheim, f"huurtoets {use}".encode(), "sha256") for use in ("zegel", "slot")
        )
        # says which secret it was, and nothing about it
        self.kenmerk: Final = hmac.digest(geheim, b"huurtoets kenmerk", "sha256").hex()[:16]

    def zegel(self, data: bytes) -> str:
        """The keyed hash of ``data``: who has not the secret cannot make it."""
        return hmac.digest(self._seal, data, "sha256").hex()

    def nieuwe_sleutel(self, betrokkene: str) -> bytes:
        """A key for one subject, locked with the secret."""
        return _encrypt(self._lock, os.urandom(_SIZE), betrokkene)

    def vergrendel(self, betrokkene: str, sleutel: bytes, nummer: int, data: bytes) -> bytes:
        """``data`` of entry ``nummer``, so that only the subject's key opens it. Raises :class:`SleutelFout`."""
        return _encrypt(_decrypt(self._lock, sleutel, betrokkene), data, f"{betrokkene}/{nummer}")

    def ontgrendel(self, betrokkene: str, sleutel: bytes, nummer: int, gegevens: bytes) -> bytes:
        """What :meth:`vergrendel` locked. Raises :class:`SleutelFout`, also when it belongs elsewhere."""
        return _decrypt(_decrypt(self._lock, sleutel, betrokkene), gegevens, f"{betrokkene}/{nummer}")


def _encrypt(key: bytes, data: bytes, place: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a check of a household does not need it

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def _decrypt(key: bytes, data: bytes, place: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise SleutelFout("De sleutel past niet op wat er in de database staat, of dat is veranderd.") from None


def hash_of(data: bytes) -> str:
    """The plain hash of ``data``."""
    return hashlib.sha256(data).hexdigest()


def read_key(path: Path) -> Sleutels:
    """The secret in the file ``path``. Raises :class:`SleutelFout`."""
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError:
        raise SleutelFout(
            f"De sleutel {path} is er niet. Zet het bestand terug dat bij deze database hoort. "
            "Een nieuwe database krijgt een sleutel met: huurtoets database maak"
        ) from None
    except OSError as error:
        raise SleutelFout(f"De sleutel {path} is niet te lezen ({error.strerror}).") from None
    except binascii.Error:
        secret = b""
    if len(secret) != _SIZE:
        raise SleutelFout(f"In {path} staat geen sleutel. Daar hoort één regel van 44 tekens te staan.")
    return Sleutels(secret)


def make_key(path: Path) -> None:
    """Put a new secret in the file ``path``, for its owner alone; one that is there already stays."""
    new = beside(path)
    try:
        write_whole(new, base64.b64encode(os.urandom(_SIZE)) + b"\n")
        os.link(new, path)  # whole or not at all, and never over one that is there
    except FileExistsError:
        return
    except OSError as error:
        raise SleutelFout(f"De sleutel {path} is niet te maken ({error.strerror}).") from None
    finally:
        new.unlink(missing_ok=True)
