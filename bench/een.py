"""One household at a time: the rows of a table as questions to :func:`regels.toets`, timed."""

import gc
from collections.abc import Collection
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl

from bench.geladen import regels
from bench.portefeuille_tabel import PEILDATUM, PERSONEN, RONDE
from regels import Vraag, toets
from regels.lezers import kolommen
from regels.wijzer import put


def questions(table: pl.DataFrame) -> list[Vraag]:
    """Each row of ``table`` as the question that it is."""
    columns = {
        kolom.naam: kolom for kolom in kolommen.schema(regels(), personen=PERSONEN) if kolom.naam in table.columns
    }
    return [_question(row, columns) for row in table.to_dicts()]


def _question(row: dict[str, Any], columns: dict[str, kolommen.Kolom]) -> Vraag:
    persons: list[dict[str, Any]] = [{} for _ in range(row["personen"])]
    question: dict[str, Any] = {"peildatum": PEILDATUM, "huurronde": RONDE, "personen": persons, "woning": {}}
    for name, kolom in columns.items():
        value = row[name]
        if value is None or name == "personen":
            continue
        if kolom.deler != 1:
            value = value / kolom.deler
        put(question, kolom.pointer, value)
    return regels().vraag(question)


def median_ms(asked: list[Vraag], besluiten: Collection[str]) -> float:
    """How long a check of ``besluiten`` with its full explanation takes, in milliseconds."""
    rules = regels()
    for vraag in asked[: len(asked) // 10]:
        toets(vraag, rules, besluiten)
    # as a server does at its start: what stays for ever is not walked when garbage is collected
    gc.collect()
    gc.freeze()
    times = []
    for vraag in asked:
        start = perf_counter()
        toets(vraag, rules, besluiten)
        times.append(perf_counter() - start)
    return median(times) * 1000


def steps_per_answer(asked: list[Vraag], besluiten: Collection[str]) -> float:
    """How many steps, each with its value and sources, an answer has on average."""
    rules = regels()
    return sum(len(c.stappen) for v in asked for c in toets(v, rules, besluiten).conclusies) / len(asked)
