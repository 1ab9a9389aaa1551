"""The contender in OpenFisca: ``python openfisca_stelsel.py TABLE FIGURES`` prints its time and its sums as JSON.

It runs in an environment of its own (``make bench-vergelijk``) and imports nothing of the product. Amounts are whole
cents, for the floats of OpenFisca hold 32 bits.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PEILDATUM = date(2026, 3, 1)
NEW_YEAR = date(2026, 1, 1)
JAAR = "2026"
ROLES = ("huurder", "partner", "kind", "medebewoner", "onderhuurder")
TENANT, PARTNER, CHILD, RESIDENT, LODGER = range(len(ROLES))
CATEGORIES = ("laag", "midden", "hoog", "geen")
LANDLORDS = ("wetland-wonen", "woonconcept", "andere-corporatie")
WORDS = {
    "daeb": ("nee", "ja"),
    "primair": ("nee", "ja"),
    "huurprijsgrens": ("nee", "ja"),
    "passend": ("niet_van_toepassing", "ja", "voorleggen", "nee"),
    "huurtoeslag": ("nee", "voorleggen", "ja"),
    "verhoging": ("niet_van_toepassing", "nee", "ja"),
    "efg": ("niet_van_toepassing", "nee", "ja", "besluit_ontbreekt"),
    "klasse": ("goedkoop", "betaalbaar-laag", "betaalbaar-hoog", "duur", "boven-de-grens"),
}
PERSON = Entity("persoon", "personen", "A resident", "")
HOME = GroupEntity("huishouden", "huishoudens", "A household", "", roles=[{"key": "bewoner", "plural": "bewoners"}])


def _variable(name: str, kind: type, entity: Any, formula: Callable[..., Any] | None = None) -> type:
    body: dict[str, Any] = {"value_type": kind, "entity": entity, "definition_period": YEAR, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def system(f: dict[str, Any]) -> TaxBenefitSystem:
    """The eight outcomes as variables."""
    cents = {name: round(value * 100) for name, value in f.items() if not isinstance(value, dict)}
    tables = {
        name: {k: round(v * 100) for k, v in value.items()} for name, value in f.items() if isinstance(value, dict)
    }

    def born(years: float, day: date) -> np.datetime64:
        return np.datetime64(date(day.year - int(years), day.month, day.day))

    def by_type(h: Any, p: Any, name: str, divide: int = 1) -> Any:
        table = tables[name]
        return np.where(h("n", p) <= 1, table["eenpersoons"] // divide, table["meerpersoons"] // divide)

    aow, aow_now = born(f["aow_jaren"], NEW_YEAR), born(f["aow_jaren"], PEILDATUM)
    young = born(f["vrijstelling_leeftijd"], NEW_YEAR)
    full = born(f["jongeren_leeftijd"], PEILDATUM)
    adult = born(f["volwassen_leeftijd"], PEILDATUM)
    topped, most, layers = tables["aftoppingsgrens"], tables["maximale_huurgrens"], tables["vergoeding"]
    extra_most, thousand = tables["iah_maximum"], round(f["maximum_percentage"] * 1000)

    def reken_persoon(person: Any, p: Any) -> Any:
        exempt = (person("rol", p) == CHILD) & (person("geboren", p) > young)
        income = person("inkomen", p)
        return np.where(exempt, np.maximum(income - int(f["vrijstelling_kind"]), 0), income)

    def over(test: Callable[[Any, Any], Any]) -> Callable[..., Any]:
        return lambda h, p: h.any(test(h, p))

    def role(h: Any, p: Any) -> Any:
        return h.members("rol", p)

    def birth(h: Any, p: Any) -> Any:
        return h.members("geboren", p)

    def added(name: str, test: Callable[[Any], Any]) -> Callable[..., Any]:
        return lambda h, p: h.sum(h.members(name, p) * test(role(h, p)))

    def counted(h: Any, p: Any) -> Any:
        """A child that is maintained is left out of the household income."""
        return (role(h, p) != LODGER) & ~h.members("onderhouden", p)

    def fitting(h: Any, p: Any) -> Any:
        return np.where(h("n", p) <= 2, topped["laag"], topped["hoog"])

    def rich(h: Any, p: Any) -> Any:
        limits = tables["vermogensgrens"]
        return h("vermogen", p) * 100 > np.where(h("heeft_partner", p), limits["partners"], limits["alleen"])

    def limit(h: Any, p: Any) -> Any:
        old, other = by_type(h, p, "passend_inkomensgrens_aow", 100), by_type(h, p, "passend_inkomensgrens", 100)
        return np.where(h("heeft_aow", p), old, other)

    def passend(h: Any, p: Any) -> Any:
        rent, limits = h("huur", p), tables["vermogensgrens_zorgtoeslag"]
        free = h("vermogen", p) * 100 > np.where(h("heeft_partner", p), limits["partners"], limits["alleen"])
        older = h("allen_aow", p) & (rent <= cents["daeb_huurgrens"]) & free
        without = ~h("zoekt", p) | ~(h("zelfstandig", p) | h("complex", p)) | (h("primair", p) == 0)
        return np.select([without, rent <= h("aftopping", p), older], [0, 1, 2], 3)

    def klasse(h: Any, p: Any) -> Any:
        limits = (cents["kwaliteitskortingsgrens"], topped["laag"], topped["hoog"], cents["daeb_huurgrens"])
        return np.searchsorted(np.array(limits), h("huur", p), side="left")

    def excluded(h: Any, p: Any) -> Any:
        return h("rijk", p) | ~(h("zelfstandig", p) | h("complex", p))

    def a_year(h: Any, p: Any) -> Any:
        quality, rent = cents["kwaliteitskortingsgrens"], h("huur", p)
        counted = np.minimum(rent, np.where(h("vol", p), most["gewoon"], most["jongeren"]))
        base = cents["normhuur_minimum"] - by_type(h, p, "verlaging_normhuur") + cents["aanpassing_basishuur"]
        top = h("aftopping", p)
        amount = (
            np.maximum(np.minimum(counted, quality) - base, 0) * layers["tot_kwaliteitskortingsgrens"]
            + np.maximum(np.minimum(counted, top) - quality, 0) * layers["tot_aftoppingsgrens"]
            + np.maximum(counted - top, 0) * layers["daarboven"]
        )
        above = np.maximum(h("reken", p) - by_type(h, p, "inkomensijkpunt", 100), 0)
        return np.maximum(amount * 12 - above.astype(np.int64) * 100 * by_type(h, p, "afbouw"), 0)

    def little(h: Any, p: Any) -> Any:
        return (h("jaar", p) + 5000) // 10_000 < int(f["minimum_toekenning"])

    def huurtoeslag(h: Any, p: Any) -> Any:
        return np.select([h("uitgesloten", p), h("minderjarig", p), h("te_laag", p)], [0, 1, 0], 2)

    def per_maand(h: Any, p: Any) -> Any:
        return np.where(h("uitgesloten", p) | h("te_laag", p), 0, h("jaar", p) // 120_000)

    def laag(h: Any, p: Any) -> Any:
        return h("zelfstandig", p) & (h("huur", p) < cents["lage_huur_grens"])

    def gewoon(h: Any, p: Any) -> Any:
        return np.where(h("laag", p), cents["lage_huur_verhoging"] * 1000, h("huur", p) * thousand)

    def extra(h: Any, p: Any) -> Any:
        category, own = h("categorie", p), h("zelfstandig", p)
        high, middle = CATEGORIES.index("hoog"), CATEGORIES.index("midden")
        return np.select(
            [own & (category == high), own & (category == middle)], [extra_most["hoog"], extra_most["midden"]], 0
        )

    def hoogste(h: Any, p: Any) -> Any:
        rent, wws, more, regular = h("huur", p), h("wws", p), h("extra", p), h("gewoon", p)
        up = np.maximum(regular, more * 1000)
        usual = np.where(h("laag", p), rent + cents["lage_huur_verhoging"], (rent * 1000 + rent * thousand) // 1000)
        chosen = np.where((more > 0) & (more * 1000 >= regular), rent + more, usual)
        wide = rent.astype(np.int64) * 1000 + up > wws.astype(np.int64) * 1000
        return np.select([h("zoekt", p), rent >= wws, wide], [0, rent, wws], chosen)

    def efg(h: Any, p: Any) -> Any:
        landlord, bad = h("verhuurder", p), h("slecht", p)
        other, wetland = LANDLORDS.index("andere-corporatie"), LANDLORDS.index("wetland-wonen")
        return np.select([h("zoekt", p) | (landlord == other), ~bad, landlord == wetland], [0, 1, 2], 3)

    stelsel = TaxBenefitSystem([PERSON, HOME])
    inputs: dict[str, type] = {"huur": int, "wws": int, "vermogen": int, "categorie": int, "verhuurder": int}
    inputs |= {"zelfstandig": bool, "complex": bool, "slecht": bool, "zoekt": bool}
    formulas: dict[str, tuple[type, Callable[..., Any]]] = {
        "n": (int, lambda h, p: h.sum(role(h, p) != LODGER)),
        "heeft_aow": (bool, over(lambda h, p: (role(h, p) != LODGER) & (birth(h, p) <= aow))),
        "allen_aow": (bool, lambda h, p: ~h.any((role(h, p) != LODGER) & (birth(h, p) > aow_now))),
        "heeft_partner": (bool, over(lambda h, p: role(h, p) == PARTNER)),
        "vol": (bool, over(lambda h, p: ((role(h, p) != LODGER) & (birth(h, p) <= full)) | (role(h, p) == CHILD))),
        "minderjarig": (bool, over(lambda h, p: (role(h, p) == TENANT) & (birth(h, p) > adult))),
        "toets": (int, lambda h, p: h.sum(h.members("inkomen", p) * counted(h, p))),
        "reken": (int, added("reken_persoon", lambda roles: roles != LODGER)),
        "daeb": (int, lambda h, p: h("toets", p) <= by_type(h, p, "daeb_grens", 100)),
        "primair": (int, lambda h, p: h("toets", p) <= limit(h, p)),
        "huurprijsgrens": (int, lambda h, p: h("huur", p) <= cents["daeb_huurgrens"]),
        "aftopping": (int, fitting),
        "rijk": (bool, rich),
        "passend": (int, passend),
        "klasse": (int, klasse),
        "uitgesloten": (bool, excluded),
        "jaar": (int, a_year),
        "te_laag": (bool, little),
        "huurtoeslag": (int, huurtoeslag),
        "per_maand": (int, per_maand),
        "laag": (bool, laag),
        "gewoon": (int, gewoon),
        "extra": (int, extra),
        "verhoging": (int, lambda h, p: np.where(h("zoekt", p), 0, 1 + (h("huur", p) < h("wws", p)))),
        "hoogste": (int, hoogste),
        "efg": (int, efg),
    }
    variables = [_variable("rol", int, PERSON), _variable("geboren", date, PERSON), _variable("inkomen", int, PERSON)]
    variables.append(_variable("onderhouden", bool, PERSON))
    variables.append(_variable("reken_persoon", int, PERSON, reken_persoon))
    variables += [_variable(name, kind, HOME) for name, kind in inputs.items()]
    variables += [_variable(name, kind, HOME, formula) for name, (kind, formula) in formulas.items()]
    stelsel.add_variables(*variables)
    return stelsel


def arrays(table: pl.DataFrame) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """The columns of the households and of the residents, and the household of each resident."""
    home = {
        "huur": table["woning_kale_huur"],
        "wws": table["woning_wws_maximum"],
        "vermogen": table["vermogen"],
        "categorie": table["inkomenscategorie"].cast(pl.Enum(CATEGORIES)).to_physical(),
        "verhuurder": table["verhuurder"].cast(pl.Enum([*LANDLORDS, "particulier"])).to_physical(),
        "zelfstandig": table["woning_zelfstandig"],
        "complex": table["woning_aangewezen_complex"],
        "slecht": table["woning_energielabel"].is_in(["E", "F", "G"]),
        "zoekt": table["soort"] == "woningzoekende",
    }
    parts = []
    for number in range(1, 7):
        fields = {"rol": "rol", "geboren": "geboortedatum", "inkomen": "inkomen_opgave", "onderhouden": "onderhouden"}
        names = {name: f"p{number}_{field}" for name, field in fields.items()}
        parts.append(table.select("nr", **names).drop_nulls("rol"))
    people = pl.concat(parts).sort("nr")
    person = {
        "rol": people["rol"].cast(pl.Enum(ROLES)).to_physical(),
        "geboren": people["geboren"],
        "inkomen": people["inkomen"],
        "onderhouden": people["onderhouden"].fill_null(value=False),
    }
    return (
        {name: series.to_numpy() for name, series in home.items()},
        {name: series.to_numpy() for name, series in person.items()},
        people["nr"].to_numpy(),
    )


def run(stelsel: TaxBenefitSystem, home: dict[str, Any], person: dict[str, Any], of: Any) -> dict[str, Any]:
    """The outcomes, as arrays of codes and amounts."""
    builder = SimulationBuilder()
    builder.create_entities(stelsel)
    builder.declare_person_entity("persoon", np.arange(len(of)))
    homes = builder.declare_entity("huishouden", np.arange(len(home["huur"])))
    builder.join_with_persons(homes, of, np.full(len(of), "bewoner"))
    simulation = builder.build(stelsel)
    for name, values in (home | person).items():
        simulation.set_input(name, JAAR, values)
    return {name: simulation.calculate(name, JAAR) for name in (*WORDS, "per_maand", "hoogste")}


def main() -> None:
    """Time three runs over the table, and count what came out."""
    table = pl.read_parquet(sys.argv[1])
    stelsel = system(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    times, work = [], []
    for _ in range(int(sys.argv[3])):
        start, begun = perf_counter(), process_time()
        found = run(stelsel, *arrays(table))
        times.append(perf_counter() - start)
        work.append(process_time() - begun)
    sums: dict[str, Any] = {
        name: {word: int((found[name] == code).sum()) for code, word in enumerate(words)}
        for name, words in WORDS.items()
    }
    sums |= {name: int(found[name].astype(np.int64).sum()) for name in ("per_maand", "hoogste")}
    print(json.dumps({"seconds": min(times), "cpu": min(work), "rows": len(table), "sums": sums}))


if __name__ == "__main__":
    main()
