"""``python -m bench``: measure, print, write nothing."""

import argparse
import os
import platform
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench import belasting, geheugen, levend, menigte, papieren, tijd


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    marks: list[int]
    seconds: float
    crowd: float
    answers: int


# memory is flat when the typesetters are full, and that takes two minutes
FULL = Size(rounds=300, marks=[1_000, 10_000, 50_000, 100_000], seconds=8, crowd=300, answers=1_000)
SHORT = Size(rounds=60, marks=[500, 1_000, 2_000], seconds=2, crowd=12, answers=60)
# of memory under a crowd, in seconds
_EVERY = 30


def main() -> None:
    """Measure in the size that was asked for, and print each table when it is ready."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure time, memory and load of the check.")
    parser.add_argument("--kort", action="store_true", help="a short run of half a minute, for a first look")
    size = SHORT if parser.parse_args().kort else FULL
    out = Console(width=120)
    out.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    out.print(_start_up())
    out.print(_whole(size.rounds))
    out.print(_parts(size.rounds))
    out.print(_papers(size.rounds // 10))
    out.print(_load(size.seconds))
    out.print(_pages(size.seconds))
    out.print(_living(size.answers))
    out.print(_crowd(size.crowd))
    out.print(_memory(size.marks))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _start_up() -> Table:
    load, compiled, brief = tijd.start_up()
    table = _table("\nOnce in a process", "", "ms")
    table.add_row("load and check all rule files", f"{load:.0f}")
    table.add_row("compile them for one date", f"{compiled:.0f}")
    table.add_row("and in brief, for answers without reasons", f"{brief:.0f}")
    return table


def _whole(rounds: int) -> Table:
    table = _table(f"\nOne check, {rounds} times each", "household", "median ms", "p99 ms")
    for name, times in tijd.whole(rounds).items():
        table.add_row(name, f"{times.median:.2f}", f"{times.p99:.2f}")
    return table


def _parts(rounds: int) -> Table:
    found = tijd.parts(rounds)
    check = found["check"].median
    table = _table("\nThe parts of a check, complete households", "part", "median ms", "p99 ms", "of a check")
    for name in tijd.PARTS + tijd.CONTENDERS:
        if name == tijd.CONTENDERS[0]:
            table.add_section()
        times = found[name]
        table.add_row(tijd.MEANING[name], f"{times.median:.2f}", f"{times.p99:.2f}", f"{times.median / check:.2f}")
    return table


def _papers(rounds: int) -> Table:
    found = papieren.papers(rounds)
    plain = found[papieren.PLAIN].median
    table = _table("\nThe papers, each with a reference of its own", "paper", "median ms", "p99 ms", "ratio")
    for name, times in found.items():
        table.add_row(name, f"{times.median:.1f}", f"{times.p99:.1f}", f"{times.median / plain:.1f}")
    first, last = papieren.memory(rounds)
    table.add_row("resident MiB, halfway and after", f"{first:.0f}", f"{last:.0f}", "")
    return table


def _load(seconds: float) -> Table:
    title = f"\nOver HTTP, {belasting.WORKERS} workers, {belasting.CONNECTIONS} connections, client on the same cores"
    table = _table(title, "", "checks/s", "median ms", "p99 ms", "cpu us", "ratio", "cpu ratio")
    for what, (own, contender) in belasting.side_by_side(seconds).items():
        for name, load in (("huurtoets start", own), ("FastAPI that does nothing", contender)):
            shown = (f"{load.per_second:.0f}", f"{load.median:.1f}", f"{load.p99:.1f}", f"{load.cpu:.0f}")
            ratios = (load.per_second / contender.per_second, contender.cpu / load.cpu)
            table.add_row(f"{name}, {what}", *shown, *(f"{ratio:.2f}" for ratio in ratios))
    return table


def _pages(seconds: float) -> Table:
    pause = 1.0
    table = _table(
        f"\n{belasting.USERS} users at once, who each read for {pause:.0f} s", "", "median ms", "p95 ms", "p99 ms"
    )
    for path, load in belasting.pages(seconds, pause).items():
        table.add_row(belasting.PAGES[path], f"{load.median:.1f}", f"{load.p95:.1f}", f"{load.p99:.1f}")
    return table


def _living(answers: int) -> Table:
    pause = 0.5
    found = levend.measure(answers, pause)
    title = f"\n{belasting.USERS} people who type, each a household, {pause:.1f} s between fields, in one run"
    table = _table(title, "", "number", "median ms", "p95 ms")
    for name, times in (("the living answer", found.living), ("an empty page", found.empty)):
        waits = levend.waits(times)
        table.add_row(name, str(waits.times), f"{waits.median:.1f}", f"{waits.p95:.1f}")
    table.add_row(f"p95 of one beside the other, at most {levend.MOST:.0f}", "", "", f"{found.ratio:.2f}")
    return table


def _crowd(seconds: float) -> Table:
    pause = 5.0
    found = menigte.crowd(seconds, pause)
    title = f"\n{menigte.USERS} users who think for {pause:.0f} s between steps, {seconds:.0f} s"
    table = _table(title, "", "number", "median ms", "p95 ms", "p99 ms")
    for kind in menigte.MIX:
        load = found.load(kind, seconds)
        waits = (f"{value:.1f}" for value in (load.median, load.p95, load.p99))
        table.add_row(kind, str(len(found.waits[kind])), *waits)
    table.add_row("no good answer", str(len(found.errors)))
    for at in range(0, len(found.memory), _EVERY):
        parts = ", ".join(f"{role} {size:.0f}" for role, size in sorted(found.memory[at].items()))
        table.add_row(f"MiB after {at} s: {parts}", f"{sum(found.memory[at].values()):.0f}")
    flat = "flat" if found.flat else "not flat"
    table.add_row(f"the last third beside the middle third: {flat}", f"{found.growth:.3f}")
    return table


def _memory(marks: list[int]) -> Table:
    found = geheugen.memory(marks)
    table = _table("\nMemory of one process", "after checks", "resident MiB", "since the first mark")
    for done, resident in found:
        table.add_row(f"{done:,}", f"{resident:.1f}", f"{resident - found[0][1]:+.1f}")
    return table


if __name__ == "__main__":
    main()
