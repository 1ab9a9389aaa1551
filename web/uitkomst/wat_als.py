"""What if: other values beside the present answer, and what comes out differently.

The question travels in the posted form. It is asked again with the other values, by the same rules; nothing is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from regels import Regelset, Vraag, toets
from regels.plekken import Plek, form_name
from regels.teksten import Teksten
from regels.uitslag import Conclusie, Uitslag
from regels.velden import Veld
from regels.vraag import Fout, VraagFout
from regels.wijzer import get, put
from service.invoer.bedragen import Melding
from service.invoer.bsn import holds_bsn
from service.invoer.lezen import Gelezen, read_text
from web.formulier.invoer import ANDERS, BAND, GRENS, Formulier, Invoer
from web.formulier.stroken import VOLLEDIG
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.woorden import as_typed, beside_another
from web.uitkomst.antwoord import QUIET, amounts
from web.uitkomst.vergelijken import Vergelijking, Wijziging, compare

_KINDS = ("bedrag", "heel_bedrag", "aantal", "keuze", "ja_nee")
_AMOUNTS = ("bedrag", "heel_bedrag")
# the comparison on the page says what it asked for: the names of the other values, or the limit
GEVRAAGD = f"{ANDERS}gevraagd"
_OVER = f"{GRENS}."


@dataclass(frozen=True, slots=True)
class Anders:
    """A value that can be changed: its place, its name on the form, and how it stands there.

    ``eerst``: an amount that is known, or that a main outcome waits for.
    """

    pointer: str
    naam: str
    id: str
    label: str
    soort: str
    tekst: str
    opties: tuple[tuple[str, str], ...]
    eerst: bool = False
    fout: str = ""


@dataclass(frozen=True, slots=True)
class Grens:
    """A limit with its distance; ``erover`` says what the button beside it asks."""

    besluit: str
    titel: str
    tekst: str
    erover: str


@dataclass(frozen=True, slots=True)
class Watalsmelding:
    """A fault in the other values: the anchor of its field (empty: of none), and the words."""

    anker: str
    tekst: str


@dataclass(frozen=True, slots=True)
class WatAls:
    """What the templates draw. ``verborgen`` carries the question as it was typed; nothing else remembers it.

    ``volgt``: the comparison was asked for before, and came along with another answer; nobody waits for it.
    """

    verborgen: tuple[tuple[str, str], ...]
    velden: tuple[Anders, ...]
    grenzen: tuple[Grens, ...]
    vergelijking: Vergelijking | None = None
    fouten: tuple[Watalsmelding, ...] = ()
    volgt: bool = False

    @property
    def bedragen(self) -> tuple[Anders, ...]:
        """The values that are asked first."""
        return tuple(box for box in self.velden if box.eerst)

    @property
    def meer(self) -> tuple[Anders, ...]:
        """The other values that can be changed."""
        return tuple(box for box in self.velden if not box.eerst)

    @property
    def overgenomen(self) -> tuple[tuple[str, str], ...]:
        """The question with the other values in it, as it would be typed.

        Another income is no longer the sum of the slips or a band of incomes, so neither is said any more.
        """
        typed = dict(self.verborgen)
        for change in self.vergelijking.wijzigingen if self.vergelijking else ():
            typed[change.naam] = change.getypt
            who, _, what = change.naam.rpartition(".")
            if what == "inkomen":
                typed.pop(f"{who}.{VOLLEDIG}", None)
                typed.pop(BAND, None)
        return tuple(typed.items())

    def compared(self, posted: Mapping[str, str], vergelijking: Vergelijking) -> "WatAls":
        """This with the comparison that was asked for, and the values as they were typed."""
        return replace(self, velden=self._typed(posted, {}), vergelijking=vergelijking)

    def refused(self, posted: Mapping[str, str], faults: Mapping[str, str]) -> "WatAls":
        """This with the faults, each at its field where there is one."""
        boxes = self._typed(posted, faults)
        own = {box.pointer: box for box in boxes}
        lines = tuple(
            Watalsmelding(own[place].id, tekst("uitkomst.watals.fout", label=own[place].label, fout=text))
            if place in own
            else Watalsmelding("", text)
            for place, text in faults.items()
        )
        return replace(self, velden=boxes, fouten=lines)

    def _typed(self, posted: Mapping[str, str], faults: Mapping[str, str]) -> tuple[Anders, ...]:
        return tuple(
            replace(box, tekst=posted.get(box.naam, box.tekst), fout=faults.get(box.pointer, "")) for box in self.velden
        )


class WatAlsFout(Exception):
    """The other values cannot be asked; ``fouten`` has a Dutch text by JSON pointer."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(", ".join(fouten))
        self.fouten = fouten


def show_what_if(form: Formulier, vraag: Vraag, uitslag: Uitslag) -> WatAls:
    """What can be changed in ``vraag``, which was read from ``form`` and answered by ``uitslag``."""
    typed = tuple((name, text) for name, text in form.tekst.items() if text)
    return WatAls(typed, changeable(form.regels, vraag, uitslag), limits(form.regels.teksten, uitslag))


def beside_now(view: WatAls, invoer: Invoer, vraag: Vraag, old: Uitslag, own: Mapping[str, str]) -> WatAls:
    """``view`` with what ``own`` asks for beside ``old``: other values, or what lies over a limit; or its faults."""
    regels, over = invoer.regels, own.get(GRENS)
    try:
        asked = changed(regels, vraag, view.velden, own) if over is None else crossed(regels, vraag, old, over)
    except WatAlsFout as error:
        return view.refused(own, error.fouten)
    if asked is None:
        return view.refused(own, {"": tekst("uitkomst.watals.niet_over")})
    other, changes = asked
    return view.compared(own, compare(regels.teksten, old, invoer.uitslag(other), changes, over or ""))


def asked_before(items: Iterable[tuple[str, object]]) -> dict[str, str]:
    """What the comparison that stands on the page asked for, to ask it again of an answer that changed since."""
    typed = [(name, value) for name, value in items if isinstance(value, str) and name.startswith(ANDERS)]
    asked = {value for name, value in typed if name == GEVRAAGD}
    own = {name: value for name, value in typed if name in asked}
    over = next((value.removeprefix(_OVER) for value in asked if value.startswith(_OVER)), None)
    return own if over is None else {GRENS: over}


def follow(view: WatAls, invoer: Invoer, vraag: Vraag, old: Uitslag, own: Mapping[str, str]) -> WatAls:
    """``view`` with the comparison of before, of the answer of now; without one where there is none any more."""
    found = beside_now(view, invoer, vraag, old, own) if own else view
    compared = found.vergelijking
    return replace(found, volgt=True) if compared and compared.wijzigingen else view


# what can be changed


def changeable(regels: Regelset, vraag: Vraag, uitslag: Uitslag) -> tuple[Anders, ...]:
    """The values of ``vraag`` that a conclusion rests on, in the order of the fields; amounts first."""
    shown = [c for c in uitslag.conclusies if c.uitkomst not in QUIET]
    used = {step.veld for c in shown for step in c.stappen if step.soort == "veld" and step.veld}
    used |= {gap.veld for c in shown for gap in c.ontbreekt}
    assumed = {taken.veld for taken in uitslag.uitgangspunten}
    data = data_of(vraag)
    found = [
        _as_typed(plek, value)
        for plek in regels.plekken(len(data.get("personen", [])))
        if plek.pointer in used - assumed and plek.veld.soort in _KINDS and plek.veld.naam != "rol"
        # service costs that were given by kind are no one amount
        if not isinstance(value := get(data, plek.pointer), dict)
    ]
    first = {c.ontbreekt[0].veld for c in shown if c.ontbreekt and c.id in regels.teksten.hoofdzaken}
    found = [replace(b, eerst=b.soort in _AMOUNTS and bool(b.tekst or b.pointer in first)) for b in found]
    return tuple(sorted(found, key=lambda box: (box.soort not in _AMOUNTS, not box.tekst)))


def _as_typed(plek: Plek, value: Gelezen | None) -> Anders:
    veld, person = plek.veld, plek.persoon
    who = f" ({tekst('algemeen.formulier.persoon', nummer=person + 1).lower()})" if person is not None else ""
    options: tuple[tuple[str, str], ...] = ()
    if veld.soort in ("keuze", "ja_nee"):
        words = veld.waarden or {"ja": tekst("algemeen.veld.ja"), "nee": tekst("algemeen.veld.nee")}
        options = (("", tekst("algemeen.veld.weet_niet")), *words.items())
    label = veld.label.rstrip("?") + who
    return Anders(plek.pointer, ANDERS + plek.naam, f"anders-{plek.id}", label, veld.soort, as_typed(value), options)


def limits(teksten: Teksten, uitslag: Uitslag) -> tuple[Grens, ...]:
    """Every limit with a distance, the nearest of its kind first."""
    near = []
    words = groep("uitkomst.watals.over")
    for c in uitslag.conclusies:
        margin = c.waarden.get("marge")
        if not isinstance(margin, Decimal) or next(_moved_by(c), None) is None:
            continue
        shown = next(amount for amount in amounts(c) if amount.marge)
        over = "eronder" if margin < 0 else "erboven"
        text = f"{shown.label}: {shown.tekst}"
        near.append((abs(margin), Grens(c.id, teksten.titel(c.id), text, words[over])))
    return tuple(limit for _, limit in sorted(near, key=lambda found: found[0]))


# asking again


def data_of(vraag: Vraag) -> dict[str, Any]:
    """``vraag`` in the shape of its JSON, without what is unknown."""
    return vraag.model_dump(by_alias=True, exclude_none=True)


def changed(
    regels: Regelset, vraag: Vraag, boxes: tuple[Anders, ...], posted: Mapping[str, str]
) -> tuple[Vraag, tuple[Wijziging, ...]]:
    """``vraag`` with the values in ``posted`` that differ from it. Raises :class:`WatAlsFout`."""
    data, faults, changes = data_of(vraag), {}, []
    kinds = {plek.pointer: plek.veld for plek in regels.plekken(len(data.get("personen", [])))}
    for box in boxes:
        text = posted.get(box.naam, box.tekst).strip()
        veld = kinds[box.pointer]
        value = read_text(veld, text) if text else None
        if isinstance(value, Melding):
            faults[box.pointer] = tekst("algemeen.keuze.bsn") if holds_bsn(text) else value.tekst
        elif value != get(data, box.pointer):
            changes.append(_change(veld, box, get(data, box.pointer), value))
            put(data, box.pointer, value)
    if faults:
        raise WatAlsFout(faults)
    try:
        return regels.vraag(data), tuple(changes)
    except VraagFout as error:
        raise WatAlsFout(_by_place(error.fouten)) from None


def crossed(
    regels: Regelset, vraag: Vraag, uitslag: Uitslag, besluit: str
) -> tuple[Vraag, tuple[Wijziging, ...]] | None:
    """``vraag`` just on the other side of the limit of ``besluit``; None when one value cannot bring it there."""
    c = next((c for c in uitslag.conclusies if c.id == besluit), None)
    if c is None or not isinstance(now := c.waarden.get("marge"), Decimal):
        return None
    # of several years beside each other one is shown: an income of another year moves nothing
    found = (_crossed_by(regels, vraag, c, now, pointer, step) for pointer, step in _moved_by(c))
    return next((crossing for crossing in found if crossing is not None), None)


def _crossed_by(
    regels: Regelset, vraag: Vraag, c: Conclusie, now: Decimal, pointer: str, step: Decimal
) -> tuple[Vraag, tuple[Wijziging, ...]] | None:
    data = data_of(vraag)
    if (typed := get(data, pointer)) is None:
        return None  # it was taken as given
    old, here = Decimal(typed), _side(c)

    def asked(value: Decimal) -> Vraag | None:
        """The question with this value, when it lies on the other side."""
        put(data, pointer, int(value) if step == 1 else value)
        try:
            other = regels.vraag(data)
        except VraagFout:
            return None
        there = next((_side(d) for d in toets(other, regels).conclusies if d.id == c.id), None)
        return other if there is not None and there != here else None

    near, far = old, (old + now + step if now >= 0 else old + now).quantize(step)
    if (found := asked(far)) is None:
        return None
    # an income of another year counts for more than itself, so its first step may be larger than needed
    while abs(far - near) > step:
        middle = ((near + far) / 2).quantize(step, ROUND_FLOOR)
        between = asked(middle)
        near, far, found = (near, middle, between) if between is not None else (middle, far, found)
    plek = regels.plek(pointer)
    assert plek is not None
    put(data, pointer, int(far) if step == 1 else far)
    return found, (_change(plek.veld, _as_typed(plek, None), old, get(data, pointer)),)


def _side(c: Conclusie) -> tuple[bool, object] | None:
    """On which side of its limit a conclusion is; a rent class lies between two limits, and has a word for it."""
    margin = c.waarden.get("marge")
    return (margin >= 0, c.waarden.get("klasse")) if isinstance(margin, Decimal) else None


def _moved_by(c: Conclusie) -> Iterator[tuple[str, Decimal]]:
    """The fields that may bring a conclusion over its limit, with the smallest step: the rent, or an income."""
    for step in c.stappen:
        if step.veld and step.veld.endswith("/kaleHuur") and "kaleHuur" in c.waarden:
            yield step.veld, Decimal("0.01")
        if step.veld and "/inkomen" in step.veld and "inkomen" in c.waarden:
            yield step.veld, Decimal(1)


def _change(veld: Veld, box: Anders, old: Gelezen | None, new: Gelezen | None) -> Wijziging:
    before, after = beside_another(veld, old), beside_another(veld, new)
    return Wijziging(box.label, before, after, form_name(box.pointer), as_typed(new))


def _by_place(faults: list[Fout]) -> dict[str, str]:
    return {fault.veld: fault.tekst for fault in faults}
