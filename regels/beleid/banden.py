"""Reading the tables of a policy: rows over one or two dimensions that hold every home exactly once."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from regels.beleid.blokken import LABELS, ZONDER_LABEL, Beleidsband, Beleidsrij, Beleidstabel, Cel
from regels.bestanden import Faults, Item
from regels.opmaak import getal

WOORDEN = {
    "inkomen": ("laag", "midden", "hoog", "geen"),
    "positie_streefhuur": ("onder", "op", "boven"),
    "energielabel": (*LABELS, ZONDER_LABEL),
}
GETALLEN = ("huurprijs", "aandeel_wws", "afstand_streefhuur")
_RIJ = frozenset({"is", "vanaf", "boven", "tot", "tot_en_met", "krijgt", "rijen"})
_LAGER, _HOGER = ("vanaf", "boven"), ("tot", "tot_en_met")


def lees_tabel(item: Item, faults: Faults, cel: Callable[[Item], Cel]) -> Beleidstabel | None:
    """The table in ``item``; ``cel`` reads a cell."""
    keys = faults.mapping(item, frozenset({"naar", "afgerond_op", "rijen"}), frozenset({"naar", "rijen"}))
    if "naar" not in keys or "rijen" not in keys:
        return None
    naar = [faults.word(name, (*WOORDEN, *GETALLEN)) for name in faults.items(keys["naar"])]
    if len(naar) > 2 or len(set(naar)) < len(naar):
        faults.add(keys["naar"], "een tabel gaat over één of twee verschillende dingen")
    rounded = faults.number(keys["afgerond_op"]) if "afgerond_op" in keys else None
    if rounded is not None and ("aandeel_wws" not in naar or rounded <= 0):
        faults.add(keys["afgerond_op"], "'afgerond_op' hoort bij aandeel_wws, en is groter dan 0")
    if any(name not in WOORDEN and name not in GETALLEN for name in naar):
        return None
    return _tabel(keys["rijen"], naar, rounded, faults, cel)


def _tabel(
    item: Item, naar: list[str], rounded: Decimal | None, faults: Faults, cel: Callable[[Item], Cel]
) -> Beleidstabel | None:
    name, rest = naar[0], naar[1:]
    rows: list[tuple[Beleidsrij, Item]] = []
    for entry in faults.items(item):
        keys = faults.mapping(entry, _RIJ, frozenset({"rijen" if rest else "krijgt"}))
        wanted, other = ("rijen", "krijgt") if rest else ("krijgt", "rijen")
        if other in keys:
            faults.add(keys[other], f"hier hoort '{wanted}' te staan: de tabel gaat over {' en '.join(naar)}")
        if wanted not in keys:
            continue
        gets = _tabel(keys["rijen"], rest, rounded, faults, cel) if rest else cel(keys["krijgt"])
        voor = _woorden(entry, name, faults) if name in WOORDEN else band(entry, faults)
        if gets is not None:
            rows.append((Beleidsrij(voor, gets), entry))
    if not rows:
        faults.add(item, "een tabel heeft minstens één rij")
        return None
    (_dekt_woorden if name in WOORDEN else _sluit_aan)(name, rows, item, faults)
    if name == "aandeel_wws" and rounded:
        _op_de_stap(rows, rounded, faults)
    return Beleidstabel(name, rounded if name == "aandeel_wws" else None, tuple(row for row, _ in rows))


def _woorden(item: Item, name: str, faults: Faults) -> tuple[str, ...]:
    keys = faults.mapping(item)
    for wrong in (*_LAGER, *_HOGER):
        if wrong in keys:
            faults.add(keys[wrong], f"{name} heeft woorden; schrijf is: [{WOORDEN[name][0]}]")
    if "is" not in keys:
        faults.add(item, f"'is' ontbreekt; schrijf is: [{WOORDEN[name][0]}]")
        return ()
    return tuple(faults.word(word, WOORDEN[name]) for word in faults.items(keys["is"]))


def _dekt_woorden(name: str, rows: list[tuple[Beleidsrij, Item]], item: Item, faults: Faults) -> None:
    found = [word for row, _ in rows if isinstance(row.voor, tuple) for word in row.voor]
    dekt(name, found, item, faults)


def dekt(name: str, found: list[str], item: Item, faults: Faults) -> None:
    """Every word of the dimension exactly once."""
    for word in dict.fromkeys(found):
        if found.count(word) > 1:
            faults.add(item, f"{name} {word} staat in meer dan één rij")
    missing = [word for word in WOORDEN[name] if word not in found]
    if missing:
        faults.add(item, f"geen rij is voor {name} {', '.join(missing)}; schrijf desnoods krijgt: onbekend")


def band(item: Item, faults: Faults) -> Beleidsband:
    """The stretch that a row is for."""
    keys = faults.mapping(item)
    if "is" in keys:
        faults.add(keys["is"], "hier hoort een stuk te staan: vanaf of boven, en tot of tot_en_met")
    edges: list[tuple[Decimal | None, bool]] = []
    for inclusive, one in (("vanaf", _LAGER), ("tot_en_met", _HOGER)):
        given = [key for key in one if key in keys]
        if len(given) > 1:
            faults.add(item, f"'{given[0]}' en '{given[1]}' gaan niet samen; een grens hoort bij één kant")
        edges.append((faults.number(keys[given[0]]), given[0] == inclusive) if given else (None, False))
    found = Beleidsband(*edges[0], *edges[1])
    if found.onder is not None and found.boven is not None and not _bevat_iets(found):
        faults.add(item, "in dit stuk valt niets: het eindigt voor het begint")
    return found


def _bevat_iets(one: Beleidsband) -> bool:
    assert one.onder is not None and one.boven is not None
    return one.onder < one.boven or (one.onder == one.boven and one.onder_mee and one.boven_mee)


def _sluit_aan(name: str, rows: list[tuple[Beleidsrij, Item]], item: Item, faults: Faults) -> None:
    """The stretches touch and do not overlap: each edge belongs to one side."""
    bands = [(row.voor, place) for row, place in rows if isinstance(row.voor, Beleidsband)]
    first, last = bands[0], bands[-1]
    if first[0].onder is not None:
        faults.add(first[1], "de eerste rij heeft geen ondergrens; anders valt er iets onder")
    if last[0].boven is not None:
        faults.add(last[1], "de laatste rij heeft geen bovengrens; anders valt er iets boven")
    for (one, _), (other, place) in pairwise(bands):
        if one.boven is None or other.onder is None:
            faults.add(place, "tussen twee rijen hoort een grens: eerst tot of tot_en_met, dan boven of vanaf")
        elif one.boven != other.onder:
            what = "overlappen" if other.onder < one.boven else "sluiten niet aan"
            faults.add(place, f"{getal(one.boven)} en {getal(other.onder)}: deze rijen {what}")
        elif one.boven_mee == other.onder_mee:
            edge, what = getal(one.boven), "in allebei" if one.boven_mee else "in geen van beide"
            faults.add(place, f"{edge} valt {what} de rijen; schrijf tot_en_met en dan boven, of tot en dan vanaf")


def _op_de_stap(rows: list[tuple[Beleidsrij, Item]], step: Decimal, faults: Faults) -> None:
    for row, place in rows:
        edges = (row.voor.onder, row.voor.boven) if isinstance(row.voor, Beleidsband) else ()
        if any(edge is not None and edge % step for edge in edges):
            faults.add(place, f"een grens is een veelvoud van {getal(step)}, waarop het aandeel wordt afgerond")
