"""The contender in zen-engine: ``python zen_model.py TABLE FIGURES ROWS`` prints its time and its sums as JSON.

It runs in an environment of its own (``make bench-vergelijk``). The model answers one household at a time, so it is
given the first ROWS of the table; birthdays are numbers (19580203), which compare faster than its dates.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import polars as pl
import zen

TRACED = 1_000
NAMES = ("daeb", "primair", "huurprijsgrens", "passend", "huurtoeslag", "verhoging", "efg", "klasse")


def expressions(f: dict[str, Any]) -> dict[str, str]:
    """The eight outcomes in the language of the engine, each after what it needs (``$`` is what was computed)."""

    def by_type(name: str) -> str:
        return f"($.n <= 1 ? {f[name]['eenpersoons']} : {f[name]['meerpersoons']})"

    def born(years: float, day: int) -> int:
        return day - int(years) * 10_000

    new_year, day = 20260101, 20260301
    counts = "#.rol != 'onderhuurder'"
    exempt = f"#.rol == 'kind' and #.geboren > {born(f['vrijstelling_leeftijd'], new_year)}"
    adult = f"#.geboren > {born(f['volwassen_leeftijd'], day)}"
    full = f"#.geboren <= {born(f['jongeren_leeftijd'], day)}"
    topped, most, pay, extra = f["aftoppingsgrens"], f["maximale_huurgrens"], f["vergoeding"], f["iah_maximum"]
    free = f["vermogensgrens_zorgtoeslag"]
    quality, highest = f["kwaliteitskortingsgrens"], f["daeb_huurgrens"]
    layers = (
        f"max([0, min([$.telt, {quality}]) - $.basis]) * {pay['tot_kwaliteitskortingsgrens']}"
        f" + max([0, min([$.telt, $.aftopping]) - {quality}]) * {pay['tot_aftoppingsgrens']}"
        f" + max([0, $.telt - $.aftopping]) * {pay['daarboven']}"
    )
    return {
        "n": f"count(personen, {counts})",
        "aow": f"some(personen, {counts} and #.geboren <= {born(f['aow_jaren'], new_year)})",
        "oud": f"not some(personen, {counts} and #.geboren > {born(f['aow_jaren'], day)})",
        "partner": "some(personen, #.rol == 'partner')",
        "vol": f"some(personen, ({counts} and {full}) or #.rol == 'kind')",
        "minderjarig": f"some(personen, #.rol == 'huurder' and {adult})",
        "toets": f"sum(map(filter(personen, {counts} and not #.onderhouden), #.inkomen))",
        "reken": (
            f"sum(map(filter(personen, {counts}), "
            f"{exempt} ? max([0, #.inkomen - {f['vrijstelling_kind']}]) : #.inkomen))"
        ),
        "daeb": f"$.toets <= {by_type('daeb_grens')} ? 'ja' : 'nee'",
        "grens": f"$.aow ? {by_type('passend_inkomensgrens_aow')} : {by_type('passend_inkomensgrens')}",
        "primair": "$.toets <= $.grens ? 'ja' : 'nee'",
        "aftopping": f"$.n <= 2 ? {topped['laag']} : {topped['hoog']}",
        "rijk": f"vermogen > ($.partner ? {f['vermogensgrens']['partners']} : {f['vermogensgrens']['alleen']})",
        "vrij": f"vermogen > ($.partner ? {free['partners']} : {free['alleen']})",
        "passend": (
            "(soort == 'huurder' or not (zelfstandig or complex) or $.primair == 'nee') ? 'niet_van_toepassing' : "
            f"huur <= $.aftopping ? 'ja' : ($.oud and huur <= {highest} and $.vrij) ? 'voorleggen' : 'nee'"
        ),
        "huurprijsgrens": f"huur <= {highest} ? 'ja' : 'nee'",
        "klasse": (
            f"huur <= {quality} ? 'goedkoop' : huur <= {topped['laag']} ? 'betaalbaar-laag' : "
            f"huur <= {topped['hoog']} ? 'betaalbaar-hoog' : huur <= {highest} ? 'duur' : 'boven-de-grens'"
        ),
        "uitgesloten": "$.rijk or not (zelfstandig or complex)",
        "telt": f"min([huur, $.vol ? {most['gewoon']} : {most['jongeren']}])",
        "basis": f"{f['normhuur_minimum']} - {by_type('verlaging_normhuur')} + {f['aanpassing_basishuur']}",
        "jaar": (f"max([0, ({layers}) * 12 - max([0, $.reken - {by_type('inkomensijkpunt')}]) * {by_type('afbouw')}])"),
        "te_laag": f"floor($.jaar + 0.5) < {f['minimum_toekenning']}",
        "huurtoeslag": "$.uitgesloten ? 'nee' : $.minderjarig ? 'voorleggen' : $.te_laag ? 'nee' : 'ja'",
        "per_maand": "($.uitgesloten or $.te_laag) ? 0 : floor($.jaar / 12)",
        "laag": f"zelfstandig and huur < {f['lage_huur_grens']}",
        "gewoon": f"$.laag ? {f['lage_huur_verhoging']} : huur * {f['maximum_percentage']}",
        "extra": (
            f"(zelfstandig and categorie == 'hoog') ? {extra['hoog']} : "
            f"(zelfstandig and categorie == 'midden') ? {extra['midden']} : 0"
        ),
        "verhoging": "soort == 'woningzoekende' ? 'niet_van_toepassing' : huur < wws ? 'ja' : 'nee'",
        "nieuw": (
            f"($.extra > 0 and $.extra >= $.gewoon) ? huur + $.extra : "
            f"$.laag ? huur + {f['lage_huur_verhoging']} : floor((huur + $.gewoon) * 100) / 100"
        ),
        "hoogste": (
            "soort == 'woningzoekende' ? 0 : "
            "huur >= wws ? huur : (huur + max([$.gewoon, $.extra]) > wws ? wws : $.nieuw)"
        ),
        "efg": (
            "(soort == 'woningzoekende' or verhuurder == 'andere-corporatie') ? 'niet_van_toepassing' : "
            "not (label in ['E', 'F', 'G']) ? 'nee' : verhuurder == 'wetland-wonen' ? 'ja' : 'besluit_ontbreekt'"
        ),
    }


def model(f: dict[str, Any]) -> str:
    """The decision as the engine reads it."""
    rows = [{"id": key, "key": key, "value": value} for key, value in expressions(f).items()]
    content = {"expressions": rows, "passThrough": False}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}, "position": {"x": 0, "y": 0}},
        {"id": "uit", "type": "expressionNode", "name": "uit", "content": content, "position": {"x": 0, "y": 0}},
        {"id": "einde", "type": "outputNode", "name": "einde", "content": {}, "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "uit"},
        {"id": "2", "type": "edge", "sourceId": "uit", "targetId": "einde"},
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def question(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the model asks for it."""
    people = [
        {
            "rol": row[f"p{n}_rol"],
            "geboren": int(row[f"p{n}_geboortedatum"].strftime("%Y%m%d")),
            "inkomen": row[f"p{n}_inkomen_opgave"],
            "onderhouden": bool(row[f"p{n}_onderhouden"]),
        }
        for n in range(1, row["personen"] + 1)
    ]
    return {
        "personen": people,
        "soort": row["soort"],
        "huur": row["woning_kale_huur"] / 100,
        "wws": row["woning_wws_maximum"] / 100,
        "vermogen": row["vermogen"],
        "categorie": row["inkomenscategorie"],
        "verhuurder": row["verhuurder"],
        "zelfstandig": row["woning_zelfstandig"],
        "complex": row["woning_aangewezen_complex"],
        "label": row["woning_energielabel"],
    }


def main() -> None:
    """Time the first rows, without and with the engine's own trace, and count what came out."""
    table = pl.read_parquet(sys.argv[1]).head(int(sys.argv[3]))
    decision = zen.ZenEngine().create_decision(model(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))
    start, begun = perf_counter(), process_time()
    rows = [question(row) for row in table.to_dicts()]
    found = [decision.evaluate(row)["result"] for row in rows]
    seconds, cpu = perf_counter() - start, process_time() - begun
    traced = []
    for row in rows[:TRACED]:
        start = perf_counter()
        decision.evaluate(row, {"trace": True})
        traced.append(perf_counter() - start)
    sums: dict[str, Any] = {name: dict(Counter(result[name] for result in found)) for name in NAMES}
    sums["per_maand"] = sum(round(result["per_maand"]) for result in found)
    sums["hoogste"] = sum(round(result["hoogste"] * 100) for result in found)
    print(
        json.dumps({"seconds": seconds, "cpu": cpu, "rows": len(rows), "sums": sums, "trace_ms": median(traced) * 1000})
    )


if __name__ == "__main__":
    main()
