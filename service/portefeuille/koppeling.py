"""Which column is which field: proposed from the names, written to a small file, and read back the next time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from regels.bestanden import Faults, RegelsetError, read_file
from regels.lezers import kolommen
from regels.velden import velden
from service.portefeuille.doelen import (
    HUISHOUDINKOMEN,
    NEGEREN,
    PERSONEN,
    VASTE,
    VERWIJZING,
    WONINGEN,
    Doel,
    doelen,
)
from service.portefeuille.fouten import PortefeuilleFout, reden
from service.portefeuille.privacy import names_of_people
from service.portefeuille.tabellen import Tabel, normal

_KEYS: Final = frozenset({WONINGEN, PERSONEN, "vast"})
_LARGEST: Final = 200_000
_HEAD: Final = (
    "# Koppeling van huurtoets portefeuille: links de kolom in het bestand, rechts het veld. Een kolom die niet wordt\n"
    f"# gebruikt heet rechts '{NEGEREN}'. Onder 'vast' staat wat voor elke rij hetzelfde is.\n"
)


@dataclass(frozen=True, slots=True)
class Koppeling:
    """Column to target for both tables, and what holds for every row (``vast``: name to word)."""

    woningen: Mapping[str, str] = field(default_factory=dict)
    personen: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, str] = field(default_factory=dict)

    def van(self, groep: str) -> Mapping[str, Doel]:
        """The columns of one table that are used, each with its target."""
        wanted = self.woningen if groep == WONINGEN else self.personen
        return {column: doelen()[groep][name] for column, name in wanted.items() if name != NEGEREN}

    def verwijzing(self, groep: str) -> str:
        """The column with the number of the dwelling."""
        return next(column for column, doel in self.van(groep).items() if doel.naam == VERWIJZING)

    def as_yaml(self) -> str:
        """This koppeling as the file it is remembered in."""
        parts = {WONINGEN: dict(self.woningen), PERSONEN: dict(self.personen), "vast": dict(self.vast)}
        kept = {key: part for key, part in parts.items() if part}
        return _HEAD + yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1_000)


def read_koppeling(path: Path) -> Koppeling:
    """The koppeling in ``path``. Raises :class:`PortefeuilleFout` with file and line."""
    faults = Faults()
    try:
        _refuse_aliases(path)
        root = read_file(path, path.name, faults)
        parts = {
            key: {str(column): faults.text(name) for column, name in faults.mapping(item).items()}
            for key, item in faults.mapping(root, _KEYS, frozenset({WONINGEN})).items()
        }
        faults.raise_if_any()
    except RegelsetError as error:
        raise PortefeuilleFout("De koppeling is niet goed: " + " ".join(map(str, error.faults))) from None
    except OSError as error:
        raise PortefeuilleFout(f"De koppeling is niet te lezen: {reden(error)}.") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise PortefeuilleFout("De koppeling is geen goed YAML-bestand in UTF-8.") from None
    return Koppeling(**parts)


def _refuse_aliases(path: Path) -> None:
    """A few lines that refer to each other can unfold into gigabytes; a koppeling needs none of that."""
    if path.stat().st_size > _LARGEST:
        raise PortefeuilleFout("De koppeling is te groot.")
    if any(
        isinstance(event, yaml.AliasEvent) for event in yaml.parse(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    ):
        raise PortefeuilleFout("De koppeling verwijst naar zichzelf (met & en *). Schrijf alles uit.")


def propose(woningen: Tabel, personen: Tabel | None, vast: Mapping[str, str]) -> Koppeling:
    """A koppeling by the names of the columns; what is not recognised for certain is not used."""
    beside = _whole_household() if personen else frozenset[str]()  # who lives there comes from one place
    return Koppeling(
        woningen=_proposed(woningen, WONINGEN, without=beside),
        personen=_proposed(personen, PERSONEN) if personen else {},
        vast=dict(vast),
    )


def _proposed(table: Tabel, group: str, without: frozenset[str] = frozenset()) -> dict[str, str]:
    known, taken = _names(group), set[str]()
    people = names_of_people(table.kolommen)
    found: dict[str, str] = {}
    for column in table.kolommen:
        target = known.get(normal(column), NEGEREN)
        if not column:
            continue
        if column in people or target in taken or target in without:
            target = NEGEREN
        taken |= {target} - {NEGEREN}
        found[column] = target
    return found


@lru_cache(maxsize=2)
def _names(group: str) -> Mapping[str, str]:
    """Normalised column name to target; a name that could mean two targets means none."""
    candidates: list[tuple[str, str]] = []
    for doel in doelen()[group].values():
        candidates += [(doel.naam, doel.naam), (doel.label, doel.naam)]
        if doel.veld is not None and (group == PERSONEN or doel.veld.groep != "persoon"):
            candidates += [(doel.veld.naam, doel.naam), (doel.veld.json, doel.naam)]
        candidates.append((doel.pointer.lstrip("/"), doel.naam))
    for name, words in yaml.safe_load((files(__package__) / "namen.yaml").read_text(encoding="utf-8"))[group].items():
        candidates += [(word, name) for word in words]
    meanings: dict[str, set[str]] = {}
    for text, name in candidates:
        meanings.setdefault(normal(text), set()).add(name)
    return {text: next(iter(names)) for text, names in meanings.items() if text and len(names) == 1}


def check(koppeling: Koppeling, woningen: Tabel, personen: Tabel | None) -> None:
    """Raise :class:`PortefeuilleFout` when this koppeling cannot be used with these tables, with everything at once."""
    faults = [*_table_faults(koppeling.woningen, WONINGEN, woningen), *_fixed_faults(koppeling)]
    if personen is not None:
        faults += _table_faults(koppeling.personen, PERSONEN, personen)
    elif koppeling.personen:
        faults.append("De koppeling noemt een personentabel. Geef het bestand met --personen, of haal dat deel weg.")
    if not faults:
        faults += _double_households(koppeling)
    if faults:
        raise PortefeuilleFout(" ".join(faults))


def _table_faults(columns: Mapping[str, str], group: str, table: Tabel) -> list[str]:
    known, faults = doelen()[group], []
    used = {column: name for column, name in columns.items() if name != NEGEREN}
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
        elif word not in velden()[name].waarden:
            faults.append(f"'{word}' kan niet bij '{name}'. Kies een van: {', '.join(velden()[name].waarden)}.")
        if name in koppeling.woningen.values():
            faults.append(f"'{name}' is vast én een kolom. Kies een van beide.")
    return faults


def _double_households(koppeling: Koppeling) -> list[str]:
    """Who lives there comes from one place: persons, persons beside the dwelling, or the household as a whole."""
    names = set(koppeling.woningen.values())
    beside = any(name.startswith("p") and name[1:2].isdecimal() for name in names)
    whole = sorted(names & _whole_household())
    if koppeling.personen and beside:
        return ["De bewoners staan in de personentabel én bij de woning. Kies een van beide."]
    if (koppeling.personen or beside) and whole:
        return [f"De bewoners zijn apart bekend; koppel {_list(whole)} dan niet."]
    if HUISHOUDINKOMEN in names and names & {"inkomen_toewijzing", "rekeninkomen"}:
        return [f"'{HUISHOUDINKOMEN}' is al beide inkomens. Koppel dat, of de twee apart."]
    return []


def _whole_household() -> frozenset[str]:
    """The targets that are about the household as a whole."""
    return frozenset({HUISHOUDINKOMEN, *(kolom.naam for kolom in kolommen.gegeven())})


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
