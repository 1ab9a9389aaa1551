"""Files that people make, and files that someone makes on purpose: each with what the product has to say of it.

A case is refused as a whole (``weigert``: words of the sentence) or read (``telt``: read, accepted, rejected and double
rows). ``redenen`` are words that stand among the reasons of rejected rows, ``meldt`` what is said of the file.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import openpyxl
import polars as pl
import xlsxwriter

NAMEN: Final = ("VHE-nummer", "Verhuurder", "Kale huur", "Energielabel", "Zelfstandig")
WONINGEN: Final = (
    ("0001", "woonconcept", 512.25, "C", "ja"),
    ("0002", "wetland-wonen", 640.0, "F", "nee"),
    ("0003", "woonconcept", 701.5, "A", "ja"),
)
Rijen = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Geval:
    """One file."""

    naam: str
    maak: Callable[[Path], None]
    weigert: str = ""
    telt: tuple[int, int, int, int] | None = None
    redenen: tuple[str, ...] = ()
    meldt: str = ""


def csv_text(rows: Rijen, end: str = "\r\n") -> str:
    """Rows as a Dutch spreadsheet saves them; a text is written as it is, quotes and all."""
    cells = [[f"{c:.2f}".replace(".", ",") if isinstance(c, float) else str(c) for c in row] for row in rows]
    return "".join(";".join(row) + end for row in cells)


def _csv(naam: str, content: str | bytes, **verwacht: object) -> Geval:
    raw = content if isinstance(content, bytes) else content.encode()
    return Geval(f"{naam}.csv", lambda path: void(path.write_bytes(raw)), **verwacht)  # type: ignore[arg-type]


def book_case(naam: str, fill: Callable[[xlsxwriter.Workbook], None], **verwacht: object) -> Geval:
    options = verwacht.pop("opties", {})

    def make(path: Path) -> None:
        with xlsxwriter.Workbook(str(path), options) as book:
            fill(book)

    return Geval(f"{naam}.xlsx", make, **verwacht)  # type: ignore[arg-type]


def _raw(naam: str, content: bytes, **verwacht: object) -> Geval:
    return Geval(f"{naam}.xlsx", lambda path: void(path.write_bytes(content)), **verwacht)  # type: ignore[arg-type]


def void(_: object) -> None:
    """Nothing, of anything."""


def fill_table(sheet: "xlsxwriter.worksheet.Worksheet", names: Sequence[str] = NAMEN, rows: Rijen = WONINGEN) -> None:
    """The names and the rows, from the first cell."""
    for line, row in enumerate((names, *rows)):
        for at, cell in enumerate(row):
            sheet.write(line, at, cell)


# tables of text


def tekstgevallen() -> Iterator[Geval]:
    """CSV that is read wrongly by a reader that guesses."""
    noted = [(*NAMEN, "Opmerking"), *((*row, "goed") for row in WONINGEN)]

    def with_note(at: int, text: str) -> str:
        return csv_text([(*row[:-1], text) if line == at else row for line, row in enumerate(noted)])

    yield _csv("quote-niet-dicht", with_note(2, '"Hof'), weigert="aanhalingsteken in regel 3 gaat niet dicht")
    two = csv_text([(*row[:-1], '"') if line in (1, 3) else row for line, row in enumerate(noted)])
    yield _csv("twee-losse-quotes", two, weigert="regel 2")
    later = csv_text([(*r[:-1], ('"Hof', '"heel"')[n == 3]) if n in (1, 3) else r for n, r in enumerate(noted)])
    yield _csv("quote-dicht-bij-een-ander", later, weigert="regel 2 gaat pas dicht in regel 4")
    many = "VHE-nummer;Kale huur;Opmerking\n" + "".join(
        f"{at};600,00;" + ('"Hof' if at == 1_700 else "goed") + "\n" for at in range(3_000)
    )
    yield _csv("quote-niet-dicht-ver", many, weigert="regel 1702 gaat niet dicht")
    yield _csv("tekst-na-quote", with_note(1, '"buis 3" lang'), weigert="In regel 2 staat tekst achter")
    yield _csv("quote-midden-in-cel", with_note(1, 'buis 3" lang'), telt=(3, 3, 0, 0))
    yield _csv("regeleinde-in-cel", with_note(2, '"boven\r\nonder"'), telt=(3, 3, 0, 0))
    rows = [NAMEN, *WONINGEN]
    yield _csv("lege-kolommen-achter", csv_text([(*row, "", "", "") for row in rows]), telt=(3, 3, 0, 0))
    yield _csv("een-teken-achter-de-rijen", csv_text([rows[0], *((*row, "") for row in WONINGEN)]), telt=(3, 3, 0, 0))
    yield _csv(
        "iets-achter-de-rijen", csv_text([rows[0], *((*row, "x") for row in WONINGEN)]), weigert="Regel 2 heeft 6"
    )
    for word in ("Totaal", "Subtotaal:", "Gemiddelde", "gemiddelde huur", "Eindtotaal (3)"):
        below = csv_text([*rows, (word, "", 617.92, "", "")])
        yield _csv(f"onder-{word[:9].strip(':(')}", below, telt=(4, 3, 1, 0), redenen=("totaal of gemiddelde",))
    alike = csv_text([("VHE-nummer", "Label", "Energielabel", "Kale huur"), ("1", "A", "G", 600.0)])
    yield _csv("twee-labels", alike, telt=(1, 1, 0, 0), meldt="De kolom 'Label' is niet gelezen: 'Energielabel' gaat")
    unknown = ("geen label", "Onbekend", "n.v.t.", "-", "")
    labels = csv_text([NAMEN, *((f"L{n}", "woonconcept", 600.0, word, "ja") for n, word in enumerate(unknown))])
    yield _csv("label-onbekend", labels, telt=(5, 5, 0, 0))
    amounts = [("687,876", "Schrijf 687876 of 687,88"), ("-5,00", "hoger zijn dan 0"), ("0,00", "hoger zijn dan 0"),
               ("#N/B", "de fout #N/B van Excel"), ("#DEEL/0!", "de fout #DEEL/0!")]  # fmt: skip
    for number, (text, said) in enumerate(amounts):
        row = ("W9", "woonconcept", text, "C", "ja")
        yield _csv(f"bedrag-{number}", csv_text([NAMEN, row]), telt=(1, 0, 1, 0), redenen=(said,))
    for number, key in enumerate(("1,70801E+15", "1708010000012345.0", "#VERW!", "n.v.t.")):
        row = (key, *WONINGEN[0][1:])
        yield _csv(f"verwijzing-{number}", csv_text([NAMEN, row]), telt=(1, 0, 1, 0))
    rounded = csv_text([NAMEN, *((f"17080100000{at:04}0", *WONINGEN[0][1:]) for at in range(6))])
    yield _csv("verwijzing-afgerond", rounded, weigert="eindigt elk nummer van 16 of meer cijfers op een 0")
    yield _csv(
        "cel-van-140-kB", f'VHE-nummer;Kale huur\n"W{"a" * 140_000}";600\nW2;700\n', weigert="Regel 2 heeft een cel"
    )
    wide = ";".join(f"kolom {at}" for at in range(7_000)) + "\n" + ";".join("1" * 7_000) + "\n"
    yield _csv("kop-van-7000", wide, weigert="7000 kolommen")
    yield _csv("kop-zonder-einde", "k" * 1_500_000, weigert="te lang")
    yield _csv("lange-naam", f"VHE-nummer;{'huur' * 400}\n1;2\n", weigert="kolomnaam")
    yield _csv("nul-verderop", b"VHE-nummer;Kale huur\n" + b"W1;600\n" * 20_000 + b"W\0;1\n", weigert="NUL")
    yield _csv("half-utf-16", "VHE-nummer;Kale huur\n1;600\n".encode("utf-16")[:-1], weigert="niet te lezen")
    yield _csv("alleen-cr", "VHE-nummer;Kale huur\rW1;600,00\rW2;700,00\r", telt=(2, 2, 0, 0))


# workbooks


def werkboeken() -> Iterator[Geval]:
    """Workbooks in which not every cell is what it seems."""

    def errors(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        fill_table(sheet)
        sheet.write_formula("C2", "=NA()", None, "#N/A")
        sheet.write_formula("E3", "=1/0", None, "#DIV/0!")

    said = ("#N/B van Excel (cel C2)", "#DEEL/0! van Excel (cel E3)")
    yield book_case("foutcellen", errors, telt=(3, 1, 2, 0), redenen=said)

    def assumed(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        fill_table(sheet, (*NAMEN, "Gebreken vastgesteld", "Datum laatste huurverhoging"))
        sheet.write_formula("F2", "=NA()", None, "#N/A")
        sheet.write_formula("G4", "=A1:A2+#REF!", None, "#REF!")

    # an empty cell would have been taken as no, or as never
    yield book_case("foutcellen-bij-een-aanname", assumed, telt=(3, 1, 2, 0), redenen=("(cel F2)", "(cel G4)"))

    def beside(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for line, row in enumerate((NAMEN, *WONINGEN)):
            for at, cell in enumerate(row):
                sheet.write(line + 2, at + 1, cell)
        sheet.write_formula("D4", "=NA()", None, "#N/A")

    yield book_case("tabel-vanaf-B3", beside, telt=(3, 2, 1, 0), redenen=("(cel D4)",))

    def uncounted(path: Path) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (NAMEN, *WONINGEN):
            book.active.append(row)
        book.active["C3"] = "=600+40"
        book.save(path)

    yield Geval("formule.xlsx", uncounted, telt=(3, 2, 1, 0), redenen=("zonder uitkomst (cel C3)", "bewaar het"))

    def zero(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        fill_table(sheet, (*NAMEN, "vermogen"), [(*row, 100) for row in WONINGEN])
        sheet.write_formula("F2", "=1000+1")  # a program that does not compute stores a zero

    yield book_case("formule-nul", zero, telt=(3, 2, 1, 0), redenen=("(cel F2)",))

    def computed(book: xlsxwriter.Workbook) -> None:
        fill_table(book.add_worksheet(), rows=[(*WONINGEN[0][:2], 687.876, *WONINGEN[0][3:])])

    yield book_case("bedrag-berekend", computed, telt=(1, 0, 1, 0), redenen=("687,876 heeft meer dan twee cijfers",))

    def references(book: xlsxwriter.Workbook) -> None:
        fill_table(book.add_worksheet(), rows=[(1708010000012345 + at, *row[1:]) for at, row in enumerate(WONINGEN)])

    yield book_case("bag-als-getal", references, telt=(3, 0, 3, 0), redenen=("maar 15 cijfers",))

    def hidden(book: xlsxwriter.Workbook) -> None:
        first, second = book.add_worksheet("_lijst"), book.add_worksheet("Woningen")
        fill_table(first, ("a", "b"), [("x", 1), ("y", 2)])
        fill_table(second)
        second.activate()
        second.set_first_sheet()
        first.hide()

    yield book_case("verborgen", hidden, telt=(3, 3, 0, 0), meldt="het eerste zichtbare blad, 'Woningen', is gelezen")

    def days(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        rows = [(*row, None, 43_647 - 1_462) for row in WONINGEN]
        fill_table(sheet, (*NAMEN, "Contractdatum", "Datum laatste huurverhoging"), rows)
        for line in range(1, 4):
            sheet.write_datetime(line, 5, date(2019, 7, 1), book.add_format({"num_format": "dd-mm-yyyy"}))

    yield book_case("stelsel-1904", days, telt=(3, 3, 0, 0), meldt="1904", opties={"date_1904": True})

    for naam, last in (
        ("hoek", "XFD1048576"),
        ("midden", "ALL200000"),
        ("diep", "B1048576"),
        ("niets", "QQQQ99999999"),
    ):
        row = "".join(c for c in last if c.isdigit())
        far = f'<row r="{row}"><c r="{last}"><v>1</v></c></row>'
        words = "geen leesbaar" if naam == "niets" else "ver van de tabel" if naam != "diep" else ""
        yield _raw(f"ver-{naam}", workbook(far), **({"weigert": words} if words else {"telt": (1, 0, 1, 0)}))
    shared = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(2, 30_002))
    yield _raw("gedeelde-tekst", workbook(shared, text="a" * 90_000), weigert="uitgepakt te groot")
    yield _raw("lange-gedeelde-tekst", workbook(shared, text="a" * 300_000), weigert="uitgepakt te groot")
    lying = declare_small(workbook('<row><c t="inlineStr"><is><t>W</t></is></c><c><v>6</v></c></row>' * 1_200_000))
    yield _raw("liegt-over-omvang", lying, weigert="te groot")
    yield _raw("dtd", workbook("", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), weigert="geen leesbaar")
    yield _raw("xml-stuk", workbook('<row r="2"><c r="A2"'), weigert="bestand")
    yield _raw(
        "formule-zonder-plaats",
        workbook('<row r="2"><c r="A2"><v>1</v></c><c><f>1+1</f></c></row>'),
        weigert="zonder waarde",
    )
    yield _raw("diepe-xml", workbook("", book="<a>" * 200_000), weigert="geen leesbaar")


def workbook(rows: str, text: str = "x", before: str = "", book: str = "") -> bytes:
    """A workbook by hand, with a sheet of two columns: what no program would write can be put in it."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def links(*targets: tuple[str, str]) -> str:
        each = (f'<Relationship Id="n{n}" Type="{rel}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets))
        return f'<Relationships xmlns="{package}">{"".join(each)}</Relationships>'

    head = "".join(
        f'<c r="{place}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for place, name in (("A", NAMEN[0]), ("B", NAMEN[2]))
    )
    parts = {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}">{book}<sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="n0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{text}</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{main}"><sheetData><row r="1">{head}</row>{rows}'
        "</sheetData></worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in parts.items():
            zipped.writestr(name, body)
    return made.getvalue()


def declare_small(content: bytes) -> bytes:
    """The same zip, of which the directory says that its sheet is a kilobyte."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        start = zipped.getinfo("xl/worksheets/sheet1.xml").header_offset
    struct.pack_into("<I", changed, start + 22, 1_024)
    entry = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", changed, entry + 24, 1_024)
    return bytes(changed)


# parquet


def parquetten() -> Iterator[Geval]:
    """Parquet that is small on disk, or has what no text has."""

    def bomb(path: Path) -> None:
        long = pl.DataFrame({"VHE-nummer": ["1"], "Kale huur": ["6" * 20_000_000]})
        long.write_parquet(path, compression="zstd")

    yield Geval("cel-van-20-MB.parquet", bomb, weigert="cel met meer dan 32767 tekens")

    def many(path: Path) -> None:
        text = pl.repeat("x" * 30_000, 200_000, eager=True).cast(pl.Categorical)
        pl.DataFrame({"VHE-nummer": pl.arange(200_000, eager=True), "Kale huur": text}).write_parquet(path)

    yield Geval("een-tekst-heel-vaak.parquet", many, weigert="is gestopt|te groot")

    def odd(path: Path) -> None:
        cells = {
            "VHE-nummer": ["A", "B", "C"],
            "Kale huur": [600.0, float("inf"), 1e300],
            "Zelfstandig": ["ja", "n\0ee", "ja"],
        }
        pl.DataFrame(cells).write_parquet(path)

    yield Geval("vreemde-getallen.parquet", odd, telt=(3, 1, 2, 0))


# of a size that only the long tests make


def grote() -> Iterator[Geval]:
    """Ordinary tables around the size at which they are read in parts, and a zip that unpacks to 260 MB."""
    for rows in (16_383, 16_384, 20_000, 100_000):
        lines = "".join(f"{at};{450 + at % 300},00\n" for at in range(rows))
        yield _csv(f"gewoon-{rows}", f"VHE-nummer;Kale huur\n{lines}", telt=(rows, rows, 0, 0))

    def lying(path: Path) -> None:
        rows = '<row><c t="inlineStr"><is><t>W</t></is></c><c><v>6</v></c></row>' * 4_000_000
        path.write_bytes(declare_small(workbook(rows)))

    yield Geval("liegt-in-het-groot.xlsx", lying, weigert="te groot")


GEVALLEN: Final = {geval.naam: geval for geval in (*tekstgevallen(), *werkboeken(), *parquetten())}
GROTE: Final = {geval.naam: geval for geval in grote()}
# files of a koppeling; each is refused in a sentence
KOPPELINGEN: Final = {
    "diep": b"- " * 50_000, "haken": b"[" * 200_000, "vragen": b"? " * 100_000,
    "breed": b"woningen:\n" + b" a: b\n" * 30_000,
    "verwijzing": b"woningen: &a {x: verwijzing}\nvast: *a\n", "nul": b"\0" * 90,
    "geen-utf-8": b"woningen: {\xff: a}\n",
    "te-groot": b"#" * 300_000, "lange-sleutel": b"woningen: {" + b"a" * 100_000 + b": b}", "leeg": b"",
    "tag": b"!!python/x {}", "samenvoegen": b"woningen: {<<: {a: b}}\n<<: 1\n",
}  # fmt: skip
