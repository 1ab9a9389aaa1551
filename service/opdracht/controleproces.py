"""The process that checks one draft, behind the service.

It is begun by :mod:`service.beheer.controleloop`, is told on standard input what to do, notes how far it is, keeps the
report, and ends with the service.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from regels import Regelset
from service.basis.apart import Leesgrenzen, free, limit, unforeseen
from service.beheer.beheerfouten import BeheerFout, Ingehaald
from service.beheer.bewijsgang import prove, told
from service.beheer.concepten import Concepten
from service.beheer.controleloop import INGEHAALD, KLAAR, MISLUKT, Controlestand
from service.beheer.publicatie import Publicatie
from service.beheer.regelrapport import Bewijsuitkomst, draw_up
from service.beheer.revisies import Revisies
from service.opdracht.conceptrapport import touched
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.toegang.gebruikers import as_wie
from service.toegang.toegangstabellen import Gebruiker
from service.toegang.wie import Wie

# one process of one processor, behind the service; lower would keep it waiting for hours on a busy machine
_LAGER: Final = 5
_LOOK: Final = 1.0  # seconds


class Voortgang:
    """Notes how far this check is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found = Controlestand.lees(path)
        assert found is not None
        self.stand = replace(found, proces=os.getpid())
        self.note()

    def note(self, **changed: Any) -> None:
        """Note what changed."""
        self.stand = replace(self.stand, **changed)
        self.stand.schrijf(self._path)

    def deel(self, name: str) -> None:
        """A part of the report begins."""
        self.note(deel=name)

    def bewijs(self, work: Iterable[list[Any]], total: int) -> Iterator[list[Any]]:
        """Walk along the parts of a proof."""
        self.note(totaal=total)
        for done, part in enumerate(work, 1):
            yield part
            self.note(gedaan=done)


def check(asked: dict[str, Any]) -> None:
    """Check the draft that was asked for, and keep its report."""
    key = asked["sleutel"]
    opslag = Opslag(Gegevensmap(Path(asked["map"])), asked["url"], Path(key) if key is not None else None)
    progress = Voortgang(opslag.map_.controle)
    try:
        _checked(opslag, progress, asked)
    except Ingehaald as error:
        progress.note(einde=INGEHAALD, zegt=str(error))
    except (BeheerFout, OpslagFout) as error:
        progress.note(einde=MISLUKT, zegt=str(error))
    except BaseException as error:
        where = unforeseen(error)
        progress.note(einde=MISLUKT, zegt=f"{where['onverwacht']} in {where['plaats'][-1]}")
    else:
        progress.note(einde=KLAAR)


def _checked(opslag: Opslag, progress: Voortgang, asked: dict[str, Any]) -> None:
    publicatie = Publicatie(Concepten(Revisies(opslag)))
    naam, besluit = asked["concept"], asked["besluit"]
    found, files, basis = publicatie.concepten.bestanden(naam)
    under = publicatie.concepten.revisies.inhoud(found.basis)[0].formaat
    proof = partial(_proven, opslag.map_.bewezen, progress, besluit) if asked["bewijs"] else None
    limit(Leesgrenzen().van(Path()), sterf=False)
    shown = besluit if proof else None
    report = draw_up(found, files, basis, under, proof, besluit=shown, meld=progress.deel, gelezen=free, raakt=touched)
    free()
    publicatie.leg_vast(_who(opslag, asked["wie"]), naam, report)
    opslag.sluit()


def _proven(kept: Path, progress: Voortgang, besluit: str | None, regels: Regelset) -> Bewijsuitkomst:
    return told(prove(regels, besluit=besluit, door=progress.bewijs, bewaar=kept))


def _who(opslag: Opslag, id_: str) -> Wie:
    with opslag.database.lezen() as session:
        found = session.get(Gebruiker, id_)
        if found is None or found.geblokkeerd is not None:
            raise BeheerFout("Het account dat de controle begon, is er niet meer.")
        return as_wie(found)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def main() -> None:
    """Do what standard input says."""
    os.nice(_LAGER)
    asked = json.loads(sys.stdin.read())
    threading.Thread(target=_end_with, args=(asked["ouder"],), daemon=True).start()
    check(asked)


if __name__ == "__main__":
    main()
