"""What was asked of the effect of a draft: the days, the variants beside it, and which households."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from starlette.datastructures import UploadFile

from regels import Regelset
from regels.bestanden import RegelsetError
from service.basis.instellingen import instellingen
from service.beheer.beheerfouten import BeheerFout
from service.beheer.revisietabellen import OPEN
from service.effect.effect import VARIANTEN_HOOGSTENS
from service.effect.effectproces import Effectopdracht, Kantopdracht
from service.invoer.datums import read_date
from web.beheer.werkplek import Conceptbeeld, Werkplek
from web.raamwerk.teksten import tekst

EIGEN: Final = "eigen"
TABELLEN: Final = ("woningen", "personen", "koppeling")
_POLICY_AT_MOST: Final = 200_000
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
_NAME: Final = 40


class Effectfout(Exception):
    """What was filled in cannot be used; the text is for who filled it in."""


@dataclass(frozen=True, slots=True)
class Effectvraag:
    """What to compute, with the tables that were sent (name and content)."""

    opdracht: Effectopdracht
    tabellen: Mapping[str, tuple[str, BinaryIO]]


def asked(
    plek: Werkplek, beeld: Conceptbeeld, given: Mapping[str, str], files: Mapping[str, UploadFile],
    beleid: Sequence[UploadFile], ook: Sequence[str],
) -> Effectvraag:  # fmt: skip
    """What was asked. Raises :class:`Effectfout`."""
    concept = beeld.concept
    old, new = _day(given, "dag_oud"), _day(given, "dag_nieuw")
    under = plek.concepten.revisies.inhoud(concept.basis)[0].formaat
    sides = [Kantopdracht.van(tekst("effect.kant.concept", naam=concept.naam), beeld.bestanden, new, concept.formaat)]
    sides += [_draft(plek, name, new) for name in ook]
    sides += [_policy(beeld, given, file, new) for file in beleid]
    if len(sides) > VARIANTEN_HOOGSTENS:
        raise Effectfout(tekst("effect.fout.te_veel", meest=VARIANTEN_HOOGSTENS))
    base = Kantopdracht.van(tekst("effect.kant.revisie", nummer=concept.basis), beeld.basis, old, under)
    limits = instellingen()
    tables: dict[str, tuple[str, BinaryIO]] = {}
    if given.get("wie") == EIGEN:
        if "woningen" not in files:
            raise Effectfout(tekst("effect.fout.geen_bestand"))
        if any((file.size or 0) > limits.portefeuille_omvang for file in files.values()):
            raise Effectfout(tekst("effect.fout.te_groot", megabytes=limits.portefeuille_omvang // 1_000_000))
        tables = {name: (files[name].filename or "", files[name].file) for name in TABELLEN if name in files}
    return Effectvraag(Effectopdracht(base, tuple(sides), geheugen=limits.portefeuille_geheugen << 20), tables)


def other_drafts(plek: Werkplek, naam: str) -> list[str]:
    """The drafts that can stand beside this one."""
    return [one.naam for one in plek.concepten.lijst() if one.stand == OPEN and one.naam != naam]


def _day(given: Mapping[str, str], name: str) -> date:
    found = read_date(given.get(name, ""))
    if not isinstance(found, date):
        raise Effectfout(tekst("effect.fout.dag", reden=found.tekst))
    return found


def _draft(plek: Werkplek, naam: str, day: date) -> Kantopdracht:
    try:
        concept, files, _ = plek.concepten.bestanden(naam)
    except BeheerFout as error:
        raise Effectfout(str(error)) from None
    called = tekst("effect.kant.concept", naam=naam)
    return _loads(Kantopdracht.van(called, files, day, concept.formaat), naam)


def _policy(beeld: Conceptbeeld, given: Mapping[str, str], file: UploadFile, day: date) -> Kantopdracht:
    """The draft with another policy of one landlord."""
    landlord, round_ = given.get("verhuurder", ""), given.get("ronde", "").strip() or str(day.year)
    if not _YEAR.fullmatch(round_):
        raise Effectfout(tekst("effect.fout.ronde"))
    if f"{landlord}/eigenaar.yaml" not in beeld.bestanden:
        raise Effectfout(tekst("effect.fout.verhuurder"))
    content = file.file.read(_POLICY_AT_MOST + 1)
    name = re.sub(r"\.ya?ml$", "", file.filename or "")[:_NAME]
    if len(content) > _POLICY_AT_MOST:
        raise Effectfout(tekst("effect.fout.beleid_te_groot", naam=name))
    whole = {**beeld.bestanden, f"{landlord}/beleid/{round_}.yaml": content}
    side = Kantopdracht.van(tekst("effect.kant.beleid", naam=name), whole, day, beeld.concept.formaat)
    return _loads(side, name)


def _loads(side: Kantopdracht, name: str) -> Kantopdracht:
    try:
        side.regels()
    except RegelsetError as error:
        said = " ".join(error.faults[:3])
        raise Effectfout(tekst("effect.fout.laadt_niet", naam=name, fouten=said)) from None
    return side


def landlords(regels: Regelset) -> Mapping[str, str]:
    """Whose policy can be tried."""
    return {owner.id: owner.naam for owner in regels.eigenaren.van_soort("corporatie")}
