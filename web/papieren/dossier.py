"""The dossier: everything an accountant needs to redo the check, each value as the answer has it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from regels.opmaak import datum
from regels.regelset import ONDERWERPEN
from regels.teksten import Teksten
from regels.uitslag import Conclusie, Stap, Uitslag
from web.papieren.halfblad import as_point, moment, summary, values
from web.papieren.model import Alinea, Deel, Kaart, Lijst, Papier, Papiersectie, Papiertabel, Punt, Waarden, as_values
from web.papieren.papierinvoer import Gegeven
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import outcome_word
from web.raamwerk.wetswoord import unchecked

# outcomes that say nothing about this household stand together, below the others of their subject
_QUIET = ("niet_van_toepassing", "geen_regels")


def compose_dossier(
    teksten: Teksten, uitslag: Uitslag, invoer: Iterable[Gegeven], kenmerk: str, gemaakt: datetime
) -> Papier:
    """The dossier of ``uitslag`` in these words; ``gemaakt`` is Dutch time."""
    return _Dossier(teksten, uitslag).compose(tuple(invoer), kenmerk, gemaakt)


class _Dossier:
    def __init__(self, teksten: Teksten, uitslag: Uitslag) -> None:
        self.teksten, self.uitslag = teksten, uitslag
        self.numbers = {name: number for number, name in enumerate(uitslag.bronnen, 1)}
        steps = (step for c in uitslag.conclusies for step in c.stappen)
        # most decisions share their first steps: each stands once, and the decisions name its number
        self.steps = {_key(step): (number, step) for number, step in enumerate({_key(s): s for s in steps}.values(), 1)}

    def compose(self, invoer: tuple[Gegeven, ...], kenmerk: str, gemaakt: datetime) -> Papier:
        subjects = [
            (title, [c for c in self.uitslag.conclusies if c.onderwerp == key]) for key, title in ONDERWERPEN.items()
        ]
        return Papier(
            welk="dossier",
            titel=tekst("papieren.dossier.titel"),
            ondertitel=tekst("papieren.dossier.ondertitel"),
            gegevens=self._about(kenmerk, gemaakt),
            secties=(
                Papiersectie(tekst("papieren.dossier.samenvatting"), tuple(summary(self.teksten, self.uitslag))),
                Papiersectie(tekst("papieren.dossier.invoer"), (self._input(invoer),)),
                *(Papiersectie(title, tuple(self._subject(title, own))) for title, own in subjects if own),
                *(
                    [Papiersectie(tekst("papieren.dossier.niet"), (left_out,))]
                    if (left_out := self._left_out())
                    else []
                ),
                Papiersectie(tekst("papieren.dossier.stappen"), (self._steps(),)),
                Papiersectie(tekst("papieren.dossier.bronnen"), (self._sources(),)),
                Papiersectie(tekst("papieren.dossier.lezen"), (*_legend(), self._files())),
            ),
            voet=" · ".join(filter(None, (tekst("papieren.dossier.titel"), kenmerk, moment(gemaakt)))),
            pagina=tekst("papieren.pagina"),
            van=tekst("papieren.van"),
        )

    def _about(self, kenmerk: str, gemaakt: datetime) -> Waarden:
        regels = self.uitslag.regelset
        found = {
            "kenmerk": kenmerk or tekst("papieren.geen_kenmerk"),
            "peildatum": datum(self.uitslag.peildatum),
            "huurronde": str(self.uitslag.huurronde),
            "gemaakt": moment(gemaakt),
            "versie": regels.naam,
            "hash": regels.hash,
        }
        heads = groep("papieren.kop")
        return as_values((heads[key], value) for key, value in found.items())

    def _files(self) -> Waarden:
        return as_values([(tekst("papieren.kop.onderdelen"), ", ".join(self.uitslag.regelset.onderdelen))])

    def _input(self, invoer: tuple[Gegeven, ...]) -> Papiertabel:
        return Papiertabel(
            tekst("papieren.dossier.invoer_bijschrift"),
            _heads("gegeven", "waarde", "herkomst"),
            tuple((given.wat, given.waarde, given.herkomst) for given in invoer),
            (5, 5, 2),
        )

    def _left_out(self) -> Papiertabel | None:
        """What of the law was not checked, the likely first."""
        rows = tuple((one.tekst, one.bij, one.wet) for one in unchecked(self.teksten, self.uitslag))
        widths = (6, 4, 5)
        return (
            Papiertabel(tekst("papieren.dossier.niet_bijschrift"), _heads("niet", "bij", "wet"), rows, widths)
            if rows
            else None
        )

    def _subject(self, title: str, conclusions: list[Conclusie]) -> Iterator[Deel]:
        for c in conclusions:
            if c.uitkomst not in _QUIET:
                yield Kaart(c.vraag, c.uitkomst, outcome_word(c), c.tekst, tuple(self._inside(c)))
        if quiet := [c for c in conclusions if c.uitkomst in _QUIET]:
            yield self._quiet(title, quiet)

    def _inside(self, c: Conclusie) -> Iterator[Deel]:
        if c.redenen:
            yield Lijst(tuple(Punt(reason.tekst) for reason in c.redenen))
        for pairs in (tuple(pair for _, pair in values(c)), tuple(self._grounds(c))):
            if pairs:
                yield as_values(pairs)
        cautions = groep("algemeen.voorbehoud")
        if c.zekerheid is not None and c.zekerheid in cautions:
            yield Alinea(cautions[c.zekerheid], klein=True)
        if c.ontbreekt:
            yield Alinea(tekst("papieren.dossier.ontbreekt"))
            yield Lijst(tuple(Punt(gap.tekst) for gap in c.ontbreekt))
        if c.vervolg:
            yield Alinea(tekst("papieren.dossier.vervolg"))
            yield Lijst(tuple(as_point(step) for step in c.vervolg))

    def _grounds(self, c: Conclusie) -> Iterator[tuple[str, str]]:
        """What the outcome rests on: the rule, its sources, the steps, and how sure it is."""
        if c.redenen:
            yield tekst("papieren.tabel.regel"), _rules(c)
            yield tekst("papieren.tabel.bron"), self._sources_of(c)
        if c.stappen:
            yield tekst("papieren.tabel.nummer"), _ranges(self.steps[_key(step)][0] for step in c.stappen)
        if c.zekerheid:
            yield tekst("papieren.tabel.zekerheid"), groep("algemeen.zekerheden")[c.zekerheid]

    def _sources_of(self, c: Conclusie) -> str:
        return self._numbered(name for reason in c.redenen for name in reason.bronnen)

    def _steps(self) -> Papiertabel:
        kinds, certainties = groep("papieren.stap"), groep("algemeen.zekerheden")
        return Papiertabel(
            tekst("papieren.dossier.stappen_bijschrift"),
            _heads("nummer", "wat", "waarde", "soort", "bron", "zekerheid"),
            tuple(
                (
                    str(number),
                    f"{step.label} ({step.opmerking})" if step.opmerking else step.label,
                    step.waarde,
                    kinds[step.soort],
                    self._numbered(step.bronnen),
                    certainties[step.zekerheid] if step.zekerheid else "",
                )
                for number, step in self.steps.values()
            ),
            (1, 8, 5, 2, 2, 3),
        )

    def _quiet(self, title: str, conclusions: list[Conclusie]) -> Papiertabel:
        rows = (
            (
                c.vraag,
                outcome_word(c),
                " ".join(dict.fromkeys((c.tekst, *(reason.tekst for reason in c.redenen)))),
                _rules(c),
                self._sources_of(c),
            )
            for c in conclusions
        )
        return Papiertabel(
            tekst("papieren.dossier.rest", onderwerp=title),
            _heads("vraag", "uitkomst", "reden", "regel", "bron"),
            tuple(rows),
            (5, 2, 7, 3, 2),
        )

    def _numbered(self, names: Iterable[str]) -> str:
        return _ranges(self.numbers[name] for name in names)

    def _sources(self) -> Lijst:
        return Lijst(
            tuple(
                Punt(tekst("papieren.bron", titel=bron.titel, vindplaats=bron.vindplaats, dag=bron.datum), url=bron.url)
                for bron in self.uitslag.bronnen.values()
            ),
            genummerd=True,
        )


_Key = tuple[str, str, str, tuple[str, ...]]


def _key(step: Stap) -> _Key:
    """What makes two steps the same: one name can have two values in one answer, on the peildatum and on 1 July."""
    return step.naam, step.label, step.waarde, tuple(step.bronnen)


def _heads(*keys: str) -> tuple[str, ...]:
    heads = groep("papieren.tabel")
    return tuple(heads[key] for key in keys)


def _rules(c: Conclusie) -> str:
    return ", ".join(dict.fromkeys(reason.regel for reason in c.redenen))


def _ranges(numbers: Iterable[int]) -> str:
    """``[7, 1, 2, 3]`` as ``1-3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _legend() -> Iterator[Deel]:
    yield as_values(
        tuple((groep("algemeen.zekerheden")[key], text) for key, text in groep("papieren.zekerheid_uitleg").items())
    )
    for text in groep("papieren.lezen").values():
        yield Alinea(text)
