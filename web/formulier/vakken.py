"""The form as the templates see it: every field with its text, its help, its fault and how it was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from regels import Regelset
from regels.eenheden import unit_text
from regels.opmaak import datum
from regels.plekken import Plek, element_id, form_name
from regels.regelset import eens
from regels.uitslag import Uitslag
from regels.velden import Veld
from regels.vraag import MOST_PERSONS
from web.formulier.formulierbeeld import Blok, Formulierbeeld, Formulierrij, Foutregel, Vak
from web.formulier.indeling import INGANGEN, PERSONEN, Ingang, Sectie, sections
from web.formulier.invoer import BAND, GESPLITST, Formulier, Invoer, places
from web.formulier.rijen import band_options, date_parts, derived, slip_rows
from web.formulier.stroken import NAAM, VOLLEDIG
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.woorden import in_words

FORMULIER = "formulier"


@eens
def fields(regels: Regelset) -> Mapping[str, Veld]:
    """Every field of the form by its name: those of the rules, and what is received already."""
    return {**regels.velden, **{veld.naam: veld for veld in regels.ontvangt.values()}}


def anchor(regels: Regelset, pointer: str, persons: int) -> str:
    """The id on the page of what a JSON pointer points at: a field, the people, or the form as a whole."""
    name = form_name(pointer)
    slip = NAAM.fullmatch(name.partition(".")[2].partition(".")[2])
    if slip or name == BAND or any(plek.pointer == pointer for plek in places(regels, persons)):
        return element_id(name)
    return PERSONEN if name.startswith(PERSONEN) else FORMULIER


def entrance(form: Formulier) -> Ingang:
    """The entrance of ``form``; the one of the tenant where it names none."""
    return INGANGEN.get(form.ingang, INGANGEN["huurder"])


def show_form(
    form: Formulier,
    vandaag: date,
    invoer: Invoer | None = None,
    uitslag: Uitslag | None = None,
    *,
    samen: bool = False,
    volgende: str | None = None,
    aan: str = "",
) -> Formulierbeeld:
    """``form`` for the templates; with ``invoer`` also its faults and how everything was read.

    With ``uitslag`` what follows from a person's fields is shown; with ``samen`` the tenant reads why each is asked.
    ``volgende`` is the anchor of the next question of an answer that was asked for: what else is open folds as well.
    ``aan`` is the anchor that gets the focus: it does not stand in a fold.
    """
    faults: dict[str, str] = {}
    for fault in invoer.fouten if invoer else ():
        place = anchor(form.regels, fault.veld, form.personen)
        faults[place] = f"{faults[place]} {fault.tekst}" if place in faults else fault.tekst
    ingang = entrance(form)
    gaps = {gap.veld for c in uitslag.conclusies for gap in c.ontbreekt} if uitslag else set()
    asked = {anchor(form.regels, gap, form.personen) for gap in gaps}
    maker = _Maker(form, vandaag, invoer, uitslag, faults, asked, ingang, samen, volgende, aan)
    blocks = tuple(maker.block(part) for part in sections(form.regels, ingang))
    return Formulierbeeld(
        ingang, blocks, form.personen < MOST_PERSONS, tuple(_summary(blocks, faults)), tuple(_filled(blocks))
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    form: Formulier
    vandaag: date
    invoer: Invoer | None
    uitslag: Uitslag | None
    faults: dict[str, str]
    asked: set[str]
    ingang: Ingang
    samen: bool
    volgende: str | None
    aan: str

    def block(self, part: Sectie) -> Blok:
        if not part.per_persoon:
            front, more = self.boxes(part.velden), self.boxes(part.meer)
            opened = self.unfolded(more)
            filled = tuple(box for box in more if box.tekst)
            folded = self.folded(front, more) if front else not opened or self.answered(filled, more)
            return Blok(part, front, more, (), (), "", opened, folded, (*self.brief((*front, *more)), self.left(front)))
        rows = tuple(self.row(part, index) for index in range(self.form.personen))
        if all(row.dicht for row in rows):  # then the section is
            rows = tuple(replace(row, dicht=False) for row in rows)
        taken = dict.fromkeys(
            taken.tekst
            for name in (*part.velden, *part.meer)
            for taken in fields(self.form.regels)[name].uitgangspunten
        )
        front = tuple(box for row in rows for box in row.vakken)
        more = tuple(box for row in rows for box in row.meer)
        fault = self.faults.get(part.id, "") or any(box.fout for row in rows for s in row.stroken for box in s.vakken)
        return Blok(
            part,
            (),
            (),
            rows,
            tuple(taken),
            self.faults.get(part.id, ""),
            False,
            self.folded(front, more) and not fault and part.id not in self.asked and not self.aan,
            (*(row.kort for row in rows), self.left(front)),
        )

    def folded(self, front: tuple[Vak, ...], more: tuple[Vak, ...]) -> bool:
        """Whether what is asked in front is folded: it was answered, or it is not where the next question stands."""
        if self.volgende is None or any(box.fout for box in (*front, *more)):
            return self.answered(front, more)
        return self.volgende not in {box.id for box in front}

    def left(self, front: tuple[Vak, ...]) -> str:
        """How many of the questions in front the answer still asks, in words."""
        number = sum(box.id in self.asked and not box.waarde for box in front)
        words = {0: "", 1: tekst("invoer.kort.nog_een")}
        return words.get(number, tekst("invoer.kort.nog", aantal=number))

    def answered(self, front: tuple[Vak, ...], more: tuple[Vak, ...]) -> bool:
        """Whether all was read that is asked in front, with nothing wrong; what an answer does not ask may be empty."""
        if self.invoer is None or any(box.fout for box in (*front, *more)):
            return False
        unread = [box for box in front if not box.waarde]
        if self.uitslag is None:
            return not unread
        return not any(box.id in self.asked or box.tekst for box in unread)

    def brief(self, boxes: tuple[Vak, ...]) -> tuple[str, ...]:
        before = self.ingang.vooraf
        return tuple(box.kort for box in boxes if box.waarde and box.tekst != before.get(box.naam))

    def row(self, part: Sectie, index: int) -> Formulierrij:
        front, more = self.boxes(part.velden, index), self.boxes(part.meer, index)
        slips = slip_rows(self.form.tekst, index, self.faults)
        several = self.form.personen > 1 and not any(box.fout for slip in slips for box in slip.vakken)
        here = str(index) in re.findall(r"\d+", self.aan)[:1]
        return Formulierrij(
            index=index,
            titel=tekst("algemeen.formulier.persoon", nummer=index + 1),
            dicht=several and not here and self.folded(front, more),
            kort=", ".join(self.brief((*front, *more))),
            vakken=front,
            meer=more,
            stroken=slips,
            volledig=self.form.tekst.get(f"personen.{index}.{VOLLEDIG}", ""),
            afgeleid=derived(self.invoer, self.uitslag, index),
        )

    def boxes(self, names: tuple[str, ...], person: int | None = None) -> tuple[Vak, ...]:
        known = fields(self.form.regels)
        return tuple(self.field(Plek(known[name], person)) if name != BAND else self.band() for name in names)

    def unfolded(self, boxes: tuple[Vak, ...]) -> bool:
        """Whether a fold must be open: something in it was filled in beyond the entrance, or is wrong.

        A link to a field in a closed fold opens it: browsers do that themselves.
        """
        before = self.ingang.vooraf
        return any(box.fout or box.tekst != before.get(box.naam, "") for box in boxes)

    def band(self) -> Vak:
        """The band of incomes, a field of the form alone."""
        options = band_options(self.form.regels, self.invoer, self.vandaag)
        chosen = self.form.tekst.get(BAND, "")
        return Vak(
            id=BAND,
            naam=BAND,
            soort="keuze",
            label=tekst("invoer.band.label"),
            eenheid="",
            achter="",
            hint=tekst("invoer.band.waarom"),
            hint_id=f"{BAND}-hint",
            leeg="",
            tekst=chosen,
            opties=options,
            fout=self.faults.get(BAND, ""),
            gelezen="",
            waarde=dict(options).get(chosen, "") if chosen else "",
        )

    def field(self, plek: Plek) -> Vak:
        veld, person, name, own_id = plek.veld, plek.persoon, plek.naam, plek.id
        unit, beside = _unit(unit_text(veld.type) if veld.soort in _IN_EUROS else "")
        value = self.invoer.gelezen.get(name) if self.invoer else None
        shown = "" if value is None else in_words(veld, value)
        return Vak(
            id=own_id,
            naam=name,
            soort=veld.soort,
            label=veld.label,
            eenheid=unit,
            achter=beside,
            hint=veld.waarom,
            # the help of a person's field stands once, with the first person
            hint_id=f"{Plek(veld, None if person is None else 0).id}-hint",
            leeg=self._when_empty(veld) if person is None else "",
            tekst=self.form.tekst.get(name, ""),
            opties=_options(veld),
            fout=self.faults.get(own_id, ""),
            gelezen=tekst("algemeen.veld.gelezen", waarde=shown) if shown and veld.soort in _ECHOED else "",
            waarde=shown,
            delen=date_parts(self.form.tekst, name, value) if veld.json == GESPLITST else (),
            waarom=groep("velden.waarom").get(veld.naam, veld.waarom) if self.samen else "",
        )

    def _when_empty(self, veld: Veld) -> str:
        own = {
            "peildatum": tekst("algemeen.veld.leeg_peildatum", dag=datum(self.vandaag)),
            "huurronde": tekst("algemeen.veld.leeg_huurronde"),
            "ingangsdatum_voorstel": tekst("algemeen.veld.leeg_ingangsdatum"),
        }
        if veld.naam in own:
            return own[veld.naam]
        # of several assumptions the last one holds when nothing else is known
        if not veld.uitgangspunten:
            return ""
        return tekst("algemeen.veld.leeg", betekenis=veld.uitgangspunten[-1].tekst)


def _unit(unit: str) -> tuple[str, str]:
    """A unit as part of the label, so that it is also heard, and beside the field, for the eye."""
    match unit:
        case "euro":
            return tekst("algemeen.veld.in_euro"), ""
        case "euro per maand":
            return tekst("algemeen.veld.in_euro_per_maand"), tekst("algemeen.veld.per_maand")
        case "euro per jaar":
            return tekst("algemeen.veld.in_euro_per_jaar"), tekst("invoer.veld.per_jaar")
        case _:
            return "", ""


_IN_EUROS = ("bedrag", "heel_bedrag")
_ECHOED = ("bedrag", "heel_bedrag", "datum", "ontvangst")


def _all_boxes(blocks: tuple[Blok, ...]) -> Iterator[tuple[Vak, str]]:
    """Every field in the order of the page, with the person it belongs to."""
    for block in blocks:
        yield from ((box, "") for box in (*block.vakken, *block.meer))
        yield from ((box, row.titel) for row in block.rijen for box in (*row.vakken, *row.meer))


def _summary(blocks: tuple[Blok, ...], faults: dict[str, str]) -> Iterator[Foutregel]:
    """The faults in the order of the page, those of the whole form first."""
    yield from (Foutregel(place, faults[place]) for place in (FORMULIER, PERSONEN) if place in faults)
    for box, who in _all_boxes(blocks):
        if box.fout:
            yield Foutregel(box.id, f"{who + ', ' if who else ''}{box.label.rstrip('?')}: {box.fout}")
    for row in (row for block in blocks for row in block.rijen):
        wrong = [(slip.titel, box) for slip in row.stroken for box in slip.vakken if box.fout]
        yield from (Foutregel(box.id, f"{row.titel}, {title}, {box.label}: {box.fout}") for title, box in wrong)


def _filled(blocks: tuple[Blok, ...]) -> Iterator[tuple[str, str]]:
    """What was filled in, as it was read, for on paper."""
    for box, who in _all_boxes(blocks):
        if box.waarde:
            yield f"{who + ', ' if who else ''}{box.label.rstrip('?')}", box.waarde


def _options(veld: Veld) -> tuple[tuple[str, str], ...]:
    if veld.soort == "ja_nee":
        unknown = tekst("algemeen.veld.niet_ingevuld") if veld.uitgangspunten else tekst("algemeen.veld.weet_niet")
        return (("ja", tekst("algemeen.veld.ja")), ("nee", tekst("algemeen.veld.nee")), ("", unknown))
    if veld.soort == "keuze":
        return (("", tekst("algemeen.veld.kies")), *veld.waarden.items())
    return ()
