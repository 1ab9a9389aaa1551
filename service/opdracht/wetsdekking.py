"""What became of every member of every law, as a table and as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from regels.wet.wetsregels import WORDT, Wet, Wetslid, Wetstekst

_COLUMNS = ("wet", "artikel", "lid", "vanaf", "gelezen", "wordt", "tekst", "staat in", "toelichting")


def laws_as_json(wetten: Iterable[Wet]) -> list[dict[str, Any]]:
    """Each law with every row of each text of each article, and the count of each kind."""
    return [
        {
            "wet": law.id,
            "titel": law.titel,
            "bwb": law.bwb,
            "aantal": sum(_count(law).values()),
            "perSoort": _count(law),
            "artikelen": [
                {"artikel": article, "teksten": [_text(text) for text in texts]}
                for article, texts in law.artikelen.items()
            ],
        }
        for law in wetten
    ]


def _text(text: Wetstekst) -> dict[str, Any]:
    return {
        "vanaf": text.venster.vanaf.isoformat(),
        "totEnMet": text.venster.tot_en_met.isoformat() if text.venster.tot_en_met else None,
        "gelezen": [state.isoformat() for state in text.gelezen],
        "onleesbaar": text.onleesbaar,
        "leden": text.leden,
        "rijen": [
            {
                "lid": row.naam,
                "tekst": row.tekst,
                "wordt": row.wordt,
                "wijstNaar": list(row.wijst_naar),
                "reden": row.reden,
                "raakt": list(row.raakt),
                "kans": row.kans,
                "als": row.als_tekst,
                "zin": row.zin,
            }
            for row in text.rijen.values()
        ],
    }


def print_laws(wetten: Iterable[Wet], console: Console) -> None:
    """A row for each member, and the counts by article, by law and by kind; tabs where nobody reads along."""
    laws = list(wetten)
    rows = [
        _row(law, article, text, row)
        for law in laws
        for article, texts in law.artikelen.items()
        for text in texts
        for row in text.rijen.values()
    ]
    if console.is_terminal:
        table = Table(*_COLUMNS, title="De wet, lid voor lid", show_lines=True)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        for row in (_COLUMNS, *rows):
            typer.echo("\t".join(row))
    for line in _counts(laws):
        typer.echo(line)


def _row(law: Wet, article: str, text: Wetstekst, row: Wetslid) -> tuple[str, ...]:
    notes = [row.reden, f"Raakt {', '.join(row.raakt)}." if row.raakt else "", f"Kans: {row.kans}." if row.kans else ""]
    notes += [f"Als {row.als_tekst}." if row.als_tekst else "", row.zin]
    read = ", ".join(state.isoformat() for state in text.gelezen) or f"niet: {text.onleesbaar}"
    return (
        law.id,
        article,
        row.naam,
        text.venster.vanaf.isoformat(),
        read,
        row.wordt,
        row.tekst,
        ", ".join(row.wijst_naar),
        " ".join(filter(None, notes)),
    )


def _counts(laws: list[Wet]) -> Iterator[str]:
    total: Counter[str] = Counter()
    for law in laws:
        found = _count(law)
        total.update(found)
        yield f"{law.titel} ({law.bwb}): {len(law.artikelen)} artikelen, {sum(found.values())} rijen"
        for article, texts in law.artikelen.items():
            kinds = Counter(row.wordt for text in texts for row in text.rijen.values())
            told = ", ".join(f"{kinds[kind]} {kind.replace('_', ' ')}" for kind in WORDT if kinds[kind])
            yield f"  artikel {article}: {told}"
    for kind in WORDT if laws else ():
        yield f"{total[kind]:4} {kind.replace('_', ' ')}: {WORDT[kind]}"
    unread = sum(not text.gelezen for law in laws for texts in law.artikelen.values() for text in texts)
    yield f"{unread:4} teksten van een artikel zijn niet gelezen"
    yield f"{sum(total.values()):4} rijen van {len(laws)} {'wet' if len(laws) == 1 else 'wetten'}"


def _count(law: Wet) -> dict[str, int]:
    found = Counter(row.wordt for texts in law.artikelen.values() for text in texts for row in text.rijen.values())
    return {kind: found[kind] for kind in WORDT}
