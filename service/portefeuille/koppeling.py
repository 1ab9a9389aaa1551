"""Which column is which field: proposed from the names, written to a small file, and read back the next time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from regels.lezers import kolommen
from regels.regelset import Regelset, eens
from service.portefeuille.doelen import (
    HUISHOUDINKOMEN,
    KIEZEN,
    NEGEREN,
    NIET_GEKOPPELD,
    PERSONEN,
    VASTE,
    VERWIJZING,
    WONINGEN,
    Doel,
    doelen,
)
from service.portefeuille.fouten import PortefeuilleFout, TeKiezen
from service.portefeuille.lezer import vraag
from service.portefeuille.lijken import looks_like
from service.portefeuille.privacy import names_of_people
from service.portefeuille.tabellen import Tabel, normal

_HEAD: Final = (
    "# Koppeling van huurtoets portefeuille: links de kolom in het bestand, rechts het veld. Een kolom die niet wordt\n"
    f"# gebruikt heet rechts '{NEGEREN}'. Onder 'vast' staat wat voor elke rij hetzelfde is. Staat er '{KIEZEN}',\n"
    f"# kies dan zelf: een veld, of '{NEGEREN}'.\n"
)


@dataclass(frozen=True, slots=True)
class Koppeling:
    """Column to target for both tables, and what holds for every row (``vast``: name to word).

    The targets are the fields of ``regels``.
    """

    regels: Regelset
    woningen: Mapping[str, str] = field(default_factory=dict)
    personen: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, str] = field(default_factory=dict)

    def van(self, groep: str) -> Mapping[str, Doel]:
        """The columns of one table that are used, each with its target."""
        wanted = self.woningen if groep == WONINGEN else self.personen
        return {
            column: doelen(self.regels)[groep][name] for column, name in wanted.items() if name not in NIET_GEKOPPELD
        }

    def verwijzing(self, groep: str) -> str:
        """The column with the number of the dwelling."""
        return next(column for column, doel in self.van(groep).items() if doel.naam == VERWIJZING)

    def as_yaml(self) -> str:
        """This koppeling as the file it is remembered in."""
        parts = {WONINGEN: dict(self.woningen), PERSONEN: dict(self.personen), "vast": dict(self.vast)}
        kept = {key: part for key, part in parts.items() if part}
        return _HEAD + yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1_000)


def read_koppeling(path: Path, regels: Regelset) -> Koppeling:
    """The koppeling in ``path``, read by another process. Raises :class:`PortefeuilleFout` with the line."""
    return Koppeling(regels, **vraag("koppeling", path)["delen"])


def propose(regels: Regelset, woningen: Tabel, personen: Tabel | None, vast: Mapping[str, str]) -> Koppeling:
    """A koppeling by the names of the columns; what is not recognised for certain is not used, or has to be chosen."""
    return complete(Koppeling(regels, vast=dict(vast)), woningen, personen)


def complete(known: Koppeling, woningen: Tabel, personen: Tabel | None) -> Koppeling:
    """``known`` with a proposal for what it is silent about: all of it when empty, else only what has to be chosen."""
    beside = _whole_household(known.regels) if personen else frozenset[str]()  # who lives there comes from one place
    return Koppeling(
        known.regels,
        _proposed(known.regels, woningen, WONINGEN, known.woningen, without=beside),
        _proposed(known.regels, personen, PERSONEN, known.personen) if personen else known.personen,
        known.vast,
    )


def _proposed(
    regels: Regelset, table: Tabel, group: str, known: Mapping[str, str], without: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Column to target. Of two columns for one field the one with the exact name has it; of two alike one is chosen."""
    people, alike = names_of_people(table.kolommen), _to_choose(regels, table, group, known, crowded=bool(without))
    found = dict(known)
    best = {} if known else _best(regels, table, group)
    for column in table.kolommen:
        if not column or column in found:
            continue
        target, sure = best.get(column, (NEGEREN, True))
        if column in people or target in without:
            found[column] = NEGEREN
        elif target != NEGEREN:
            found[column] = target if sure else KIEZEN
        elif column in alike:
            found[column] = KIEZEN
        elif not known:
            found[column] = NEGEREN
    return found


def _best(regels: Regelset, table: Tabel, group: str) -> dict[str, tuple[str, bool]]:
    """The columns that are recognised and not passed over for a better one, and whether that is sure."""
    names, people = _names(regels)[group], names_of_people(table.kolommen)
    claims: dict[str, list[tuple[int, str]]] = {}
    for column in table.kolommen:
        if column and column not in people and (claim := names.get(normal(column))):
            claims.setdefault(claim[0], []).append((claim[1], column))
    found: dict[str, tuple[str, bool]] = {}
    for target, columns in claims.items():
        first = [column for rank, column in columns if rank == min(columns)[0]]
        if target == VERWIJZING:  # each of them is the number of the dwelling: the first is as good as any
            first = first[:1]
        found |= {column: (target, len(first) == 1) for column in first}
    return found


def _to_choose(
    regels: Regelset, table: Tabel, group: str, known: Mapping[str, str], *, crowded: bool = False
) -> Mapping[str, str]:
    """The columns that look like a rent, an income or residents, and are neither coupled nor passed over."""
    passed = {} if known else passed_over(regels, table, group)
    return {
        column: what
        for column, what in looks_like(table).items()
        if column not in passed and column not in known and (not crowded or what == "een huur")
    }


def passed_over(regels: Regelset, table: Tabel, group: str) -> Mapping[str, str]:
    """The columns of a field that another column has by its exact name, with that column."""
    names, people, best = _names(regels)[group], names_of_people(table.kolommen), _best(regels, table, group)
    winners = {target: column for column, (target, sure) in best.items() if sure}
    return {
        column: winners[claim[0]]
        for column in table.kolommen
        if column not in best and column not in people and (claim := names.get(normal(column))) and claim[0] in winners
    }


def said(koppeling: Koppeling, woningen: Tabel, personen: Tabel | None) -> list[str]:
    """What the user must know of the files, and of columns that gave way to another one."""
    found = [*woningen.meldingen, *(personen.meldingen if personen else ())]
    for group, table, used in (
        (WONINGEN, woningen, koppeling.woningen),
        (PERSONEN, personen, koppeling.personen),
    ):
        if table is None:
            continue
        for column, other in passed_over(koppeling.regels, table, group).items():
            if used.get(column, NEGEREN) == NEGEREN and used.get(other, NEGEREN) not in NIET_GEKOPPELD:
                found.append(
                    f"De kolom '{column}' is niet gelezen: '{other}' gaat over hetzelfde en is gelezen. Koppel zelf "
                    "als u de andere bedoelt."
                )
    return found


def ignore(koppeling: Koppeling, columns: Sequence[str], woningen: Tabel, personen: Tabel | None) -> Koppeling:
    """``koppeling`` without ``columns``. Raises :class:`PortefeuilleFout` for one that is not there."""
    tables = [table for table in (woningen, personen) if table is not None]
    if lost := [column for column in columns if not any(column in table.kolommen for table in tables)]:
        raise PortefeuilleFout(f"Deze kolommen staan niet in het bestand: {_list(lost)}.")
    left_out = [
        {column: NEGEREN for column in columns if table is not None and column in table.kolommen}
        for table in (woningen, personen)
    ]
    return replace(
        koppeling,
        woningen={**koppeling.woningen, **left_out[0]},
        personen={**koppeling.personen, **left_out[1]},
    )


@eens
def _names(regels: Regelset) -> Mapping[str, Mapping[str, tuple[str, int]]]:
    """What a column of each table is called; see :func:`_names_of`."""
    often = yaml.safe_load((files(__package__) / "namen.yaml").read_text(encoding="utf-8"))
    return {group: _names_of(group, targets, often[group]) for group, targets in doelen(regels).items()}


def _names_of(
    group: str, targets: Mapping[str, Doel], called: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[str, int]]:
    """Normalised column name to target, and 0 when it is the name or label of a field, 1 when it is often called so.

    A name that could mean two targets means none.
    """
    exact, often = list[tuple[str, str]](), list[tuple[str, str]]()
    for doel in targets.values():
        exact += [(doel.naam, doel.naam), (doel.label, doel.naam), (doel.pointer.lstrip("/"), doel.naam)]
        if doel.veld is not None and (group == PERSONEN or doel.veld.groep != "persoon"):
            exact += [(doel.veld.naam, doel.naam), (doel.veld.json, doel.naam)]
    for name, words in called.items():
        often += [(word, name) for word in words]
    meanings: dict[str, dict[str, int]] = {}
    for rank, candidates in enumerate((exact, often)):
        for text, name in candidates:
            meanings.setdefault(normal(text), {}).setdefault(name, rank)
    return {text: next(iter(names.items())) for text, names in meanings.items() if text and len(names) == 1}


def check(koppeling: Koppeling, woningen: Tabel, personen: Tabel | None) -> None:
    """Raise :class:`PortefeuilleFout` when this koppeling cannot be used with these tables, with everything at once."""
    faults = [*_table_faults(koppeling, WONINGEN, woningen), *_fixed_faults(koppeling)]
    if personen is not None:
        faults += _table_faults(koppeling, PERSONEN, personen)
    elif koppeling.personen:
        faults.append("De koppeling noemt een personentabel. Geef het bestand met --personen, of haal dat deel weg.")
    if not faults:
        faults += _double_households(koppeling)
    if faults:
        raise PortefeuilleFout(" ".join(faults))
    if open_ := _open(koppeling, woningen, personen):
        raise TeKiezen(_asked(open_), tuple(open_))


def _open(koppeling: Koppeling, woningen: Tabel, personen: Tabel | None) -> dict[str, str]:
    """The columns about which nothing was chosen and something has to be, with what they look like."""
    found: dict[str, str] = {}
    for group, table, used in ((WONINGEN, woningen, koppeling.woningen), (PERSONEN, personen, koppeling.personen)):
        if table is not None:
            crowded = group == WONINGEN and personen is not None
            alike = looks_like(table)
            found |= {column: alike.get(column, "") for column in table.kolommen if used.get(column) == KIEZEN}
            found |= _to_choose(koppeling.regels, table, group, used, crowded=crowded)
    return found


def _asked(columns: Mapping[str, str]) -> str:
    """The question, with what to write."""
    parts = [f"'{name}' lijkt {what}" if what else f"'{name}' en een andere kolom heten bijna gelijk"
             for name, what in columns.items()]  # fmt: skip
    first = next(iter(columns))
    return (
        f"Van een kolom is niet gekozen wat zij is: {'; '.join(parts)}. Zet in de koppeling achter elke kolom een "
        f"veld, bijvoorbeeld '{first}: woning_kale_huur', of '{first}: {NEGEREN}' als zij niet meetelt. Met "
        f"--negeer '{first}' slaat u een kolom over; --bewaar-koppeling schrijft een koppeling om in te vullen."
    )


def _table_faults(koppeling: Koppeling, group: str, table: Tabel) -> list[str]:
    columns = koppeling.woningen if group == WONINGEN else koppeling.personen
    known, faults = doelen(koppeling.regels)[group], []
    used = {column: name for column, name in columns.items() if name not in NIET_GEKOPPELD}
    missing = [column for column in used if column not in table.kolommen]
    if missing:
        faults.append(f"Deze kolommen van de koppeling staan niet in het bestand ({group}): {_list(missing)}.")
    if unknown := sorted({name for name in used.values() if name not in known}):
        faults.append(f"Deze velden bestaan niet ({group}): {_list(unknown)}.")
    twice = sorted({name for name in used.values() if list(used.values()).count(name) > 1})
    if twice:
        faults.append(f"Deze velden zijn aan meer dan één kolom gekoppeld ({group}): {_list(twice)}.")
    if VERWIJZING not in used.values():
        faults.append(
            f"Er is geen kolom met het nummer van de woning ({group}). Koppel een kolom aan '{VERWIJZING}'; de "
            f"kolommen zijn: {_list([name for name in table.kolommen if name])}."
        )
    if people := [column for column in names_of_people(table.kolommen) if column in used]:
        faults.append(f"Namen horen niet in dit bestand. Koppel deze kolommen niet: {_list(people)}.")
    return faults


def _fixed_faults(koppeling: Koppeling) -> list[str]:
    faults = []
    for name, word in koppeling.vast.items():
        if name not in VASTE:
            faults.append(f"'{name}' kan niet vast zijn; dat kan met {_list(VASTE)}.")
        elif word not in (words := koppeling.regels.velden[name].waarden):
            faults.append(f"'{word}' kan niet bij '{name}'. Kies een van: {', '.join(words)}.")
        if name in koppeling.woningen.values():
            faults.append(f"'{name}' is vast én een kolom. Kies een van beide.")
    return faults


def _double_households(koppeling: Koppeling) -> list[str]:
    """Who lives there comes from one place: persons, persons beside the dwelling, or the household as a whole."""
    names = set(koppeling.woningen.values())
    beside = any(name.startswith("p") and name[1:2].isdecimal() for name in names)
    whole = sorted(names & _whole_household(koppeling.regels))
    if koppeling.personen and beside:
        return ["De bewoners staan in de personentabel én bij de woning. Kies een van beide."]
    if (koppeling.personen or beside) and whole:
        return [f"De bewoners zijn apart bekend; koppel {_list(whole)} dan niet."]
    if HUISHOUDINKOMEN in names and names & {"inkomen_toewijzing", "rekeninkomen"}:
        return [f"'{HUISHOUDINKOMEN}' is al beide inkomens. Koppel dat, of de twee apart."]
    return []


def _whole_household(regels: Regelset) -> frozenset[str]:
    """The targets that are about the household as a whole."""
    return frozenset({HUISHOUDINKOMEN, *(kolom.naam for kolom in kolommen.gegeven(regels))})


def unused(koppeling: Koppeling, group: str, table: Tabel) -> tuple[str, ...]:
    """The columns of the file that are not read."""
    used = koppeling.van(group)
    return tuple(column for column in table.kolommen if column and column not in used)


def _list(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def parse_fixed(parts: Sequence[str]) -> dict[str, str]:
    """``["soort=huurder"]`` as a mapping. Raises :class:`PortefeuilleFout`."""
    found: dict[str, Any] = {}
    for part in parts:
        name, sign, word = part.partition("=")
        if not sign:
            raise PortefeuilleFout(f"'{part}' is geen vaste waarde. Schrijf naam=waarde, bijvoorbeeld soort=huurder.")
        found[name.strip()] = word.strip()
    return found
