"""By which rules a process begins: the revision in force, or those of the product where no revisions are kept."""

import base64
import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import structlog

from regels import Regelset, pakket
from regels.bron import bewaard, uit_map
from regels.laden import hash_of, manifest
from service.basis.instellingen import Instellingen
from service.opslag.gegevensmap import write_whole
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import AlleenLezen, GeenOpslag, OpslagDruk, SchemaFout

if TYPE_CHECKING:
    from service.beheer.revisies import Revisies

log = structlog.get_logger()


def begin(settings: Instellingen, opslag: Opslag, *, dienst: bool = True) -> "tuple[Regelset, Revisies | None]":
    """The rule set to answer by, and where its revisions are kept; None where none are.

    A folder that a setting names comes first, and is no revision. A ``dienst`` takes in what came with the product: in
    a new database that is revision 0. Where the database cannot be reached, the rules are those that this machine
    answered by last. Raises :class:`regels.bestanden.RegelsetError`, :class:`regels.formaat.FormaatFout`,
    :class:`service.beheer.beheerfouten.Veranderd`, and :class:`OpslagFout` for a database of another version.
    """
    if settings.regels is not None:
        return uit_map(settings.regels), None
    if opslag.geen or (opslag.ingebouwd and not opslag.map_.database.exists()):
        return pakket(), None
    from service.beheer.revisies import Revisies  # only where there is a database: it takes time to import

    revisies = Revisies(opslag)
    try:
        if dienst:
            _take_in(revisies)
        number = revisies.nieuwste()
    except SchemaFout:
        if not dienst:
            return pakket(), None
        raise
    except (GeenOpslag, OpslagDruk) as error:
        return _last(opslag, str(error)), revisies
    if number is None:
        return pakket(), revisies
    found, files = revisies.inhoud(number)
    regels = bewaard(files, str(number), found.formaat)
    if dienst:
        note(opslag, number, found.formaat, files)
    return regels, revisies


def _take_in(revisies: "Revisies") -> None:
    from service.beheer.concepten import Concepten
    from service.beheer.pakket import take_in

    try:
        name = take_in(Concepten(revisies))
    except AlleenLezen:
        return
    if name is not None:
        log.warning("regels", concept=name, reden="Het product heeft nieuwere regels. Zij staan klaar als concept.")


def note(opslag: Opslag, nummer: int, formaat: int, bestanden: Mapping[str, bytes]) -> None:
    """Note by which rules this machine answers, for a start without a database."""
    told = {
        "revisie": nummer,
        "formaat": formaat,
        "hash": hash_of(manifest(bestanden)),
        "bestanden": {name: base64.b64encode(content).decode("ascii") for name, content in bestanden.items()},
    }
    data = json.dumps(told).encode("ascii")
    try:
        if not opslag.map_.regels.exists() or opslag.map_.regels.read_bytes() != data:
            opslag.map_.maak()
            write_whole(opslag.map_.regels, data)
    except (OSError, GeenOpslag) as error:
        log.warning("regels", kopie=False, soort=type(error).__name__)


def _last(opslag: Opslag, reason: str) -> Regelset:
    found = None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(opslag.map_.regels.read_bytes())
        files = {name: base64.b64decode(text) for name, text in told["bestanden"].items()}
        if hash_of(manifest(files)) == told["hash"]:
            found = bewaard(files, str(told["revisie"]), told["formaat"])
    if found is None:
        log.warning("regels", reden=reason, gevolg="Er wordt geantwoord met de regels van het product.")
        return pakket()
    said = "Er wordt geantwoord met de laatst gebruikte regels."
    log.warning("regels", reden=reason, gevolg=said, revisie=found.revisie)
    return found
