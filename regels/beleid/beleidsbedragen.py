"""The amounts of a policy as formulas: base, low amount, label, income-dependent increase, limits, rounding."""

from decimal import Decimal

from regels.beleid.blokken import Beleidsband, Beleidsdeel, Beleidsherkomst, Beleidstabel, Cel, Uitzondering
from regels.beleid.bundel import Bundel, Paren, een_van, en, keten, of, woordketen
from regels.beleid.labels import label_is

HUUR = "huur_voor_ronde"
MAAND = "euro per maand"
NIETS = "geen"  # the word for no exception
_VAST = {"geen": "0", "onbekend": "0", "volgens_contract": "0", "wettelijk": "reguliere_verhoging"}


class Bedragen:
    """Writes the amounts of one part; ``naam`` starts the names of what is written."""

    def __init__(self, bundel: Bundel, deel: Beleidsdeel, naam: str) -> None:
        self.bundel, self.deel, self.naam = bundel, deel, naam
        self.uitzondering = {what: self._uitzondering(what) for what in ("alles", "basis", "laag_bedrag", "iah")}
        self.basis = self._tabel(deel.basis.krijgt, "basis", deel.basis.herkomst)

    # cells and tables

    def _cel(self, cel: Cel, name: str, origin: Beleidsherkomst) -> str:
        if cel.soort == "procent" and cel.waarde is not None:
            return f"{HUUR} * {self._procent(name, cel.waarde, origin)}"
        if cel.soort == "bedrag" and cel.waarde is not None:
            return self.bundel.cijfer(f"{self.naam}_{name}", "Verhoging volgens het beleid", cel.waarde, MAAND, origin)
        if cel.soort == "tot_streefhuur":
            most = "reguliere_verhoging"
            if cel.waarde is not None:
                most = f"{HUUR} * {self._procent(name, cel.waarde, origin)}"
            return f"max(0, min(streefhuur - {HUUR}, {most}))"
        return _VAST[cel.soort]

    def _procent(self, name: str, value: Decimal, origin: Beleidsherkomst) -> str:
        return self.bundel.cijfer(f"{self.naam}_{name}", "Percentage volgens het beleid", value, "procent", origin)

    def _tabel(self, gets: Cel | Beleidstabel, name: str, origin: Beleidsherkomst) -> str:
        if isinstance(gets, Cel):
            return self._cel(gets, name, origin)
        pairs: Paren = []
        for index, row in enumerate(gets.rijen, 1):
            value = self._tabel(row.krijgt, f"{name}_{index}", origin)
            pairs.append((self.in_rij(gets, row.voor), f"({value})"))
        return keten(pairs[:-1], pairs[-1][1])

    def in_rij(self, table: Beleidstabel, voor: tuple[str, ...] | Beleidsband) -> str:
        """Whether a home is in this row of the table."""
        if isinstance(voor, tuple):
            return self._woord(table.naar, voor)
        tested = {"huurprijs": HUUR, "aandeel_wws": HUUR, "afstand_streefhuur": f"streefhuur - {HUUR}"}[table.naar]
        parts = []
        for edge, mee, below in ((voor.onder, voor.onder_mee, True), (voor.boven, voor.boven_mee, False)):
            if edge is None:
                continue
            if table.naar != "aandeel_wws":
                parts.append(f"{tested} {_teken(below, mee)} {edge}")
                continue
            # rounded half up, a share is over the edge from half a step before or after it
            share, sign = edge, _teken(below, mee)
            if table.afgerond_op is not None:
                share += table.afgerond_op / 2 * (-1 if mee == below else 1)
                sign = ">=" if below else "<"
            parts.append(f"{tested} {sign} {share / 100} * wws_maximum")
        return en(*parts) or "ja"

    def _woord(self, dimension: str, words: tuple[str, ...]) -> str:
        if dimension == "inkomen":
            return een_van("inkomenscategorie", words)
        if dimension == "energielabel":
            return label_is(words)
        signs = {"onder": "<", "op": "=", "boven": ">"}
        return of(f"{HUUR} {signs[word]} streefhuur" for word in words)

    def paden(self, *kinds: str) -> list[str]:
        """For every cell of one of these kinds in the base: the condition under which a home gets it."""
        return [condition for cel, condition in self.cellen() if cel.soort in kinds]

    def cellen(self, gets: Cel | Beleidstabel | None = None, before: str = "") -> list[tuple[Cel, str]]:
        """Every cell of the base, with the condition under which a home gets it."""
        gets = self.deel.basis.krijgt if gets is None else gets
        if isinstance(gets, Cel):
            return [(gets, before or "ja")]
        found = []
        for row in gets.rijen:
            found += self.cellen(row.krijgt, en(before, self.in_rij(gets, row.voor)))
        return found

    # exceptions

    def _uitzondering(self, what: str) -> str:
        """The quantity that says which exception touches ``what``; empty without exceptions."""
        touched = self.deel.treffend(what)
        if not touched:
            return ""
        words = {NIETS: "geen uitzondering"} | {self._woord_van(u): u.tekst for u in touched}
        pairs = [(f"({self.tekst(u.als.value)})", self._woord_van(u)) for u in touched]
        label = f"Uitzondering in het beleid: {what.replace('_', ' ')}"
        name = f"{self.naam}_uitzondering_{what}"
        return self.bundel.grootheid(
            name, label, words, woordketen(pairs, NIETS), touched[0].herkomst, touched[0].plaats
        )

    def tekst(self, value: object) -> str:
        """An expression as it was typed; what is no text was reported while reading."""
        return value if isinstance(value, str) and value else "nee"

    def _woord_van(self, u: Uitzondering) -> str:
        return f"u{self.deel.uitzonderingen.index(u) + 1}"

    def treft(self, what: str, *results: str) -> str:
        """Whether an exception with one of these results touches ``what``; empty when there is none."""
        words = [self._woord_van(u) for u in self.deel.treffend(what) if u.gevolg in results]
        return een_van(self.uitzondering[what], words) if words else ""

    def na_uitzondering(self, what: str, amount: str) -> str:
        """``amount``, with the exceptions that touch ``what``."""
        pairs: Paren = []
        for u in self.deel.treffend(what):
            here = f"{self.uitzondering[what]} = {self._woord_van(u)}"
            if u.gevolg == "geen" or u.procent is None:
                pairs.append((here, "0"))
                continue
            percent = f"{HUUR} * {self._procent(f'uitzondering_{self._woord_van(u)}', u.procent, u.herkomst)}"
            pairs.append((here, f"({percent})" if u.gevolg == "procent" else f"min({amount}, {percent})"))
        return keten(pairs, amount)

    # steps 3 to 5

    def laag(self) -> tuple[str, str]:
        """When the low amount comes instead of the base, and which; empty when it never does."""
        block = self.deel.laag_bedrag
        off = self.treft("laag_bedrag", "geen", "procent", "hoogstens")
        unless = f"niet {off}" if off else ""
        if block.soort == "wettelijk":
            return en("lage_huur", unless), "lage_huur_verhoging"
        if block.soort == "bedrag" and block.bedrag is not None:
            name = f"{self.naam}_laag_bedrag"
            self.bundel.cijfer(
                name, "Verhoging bij een lage huur volgens het beleid", block.bedrag, MAAND, block.herkomst
            )
            return en("gewone_woning", f"{HUUR} < {block.onder}", unless), name
        return "", "0"

    def gewoon(self) -> str:
        """The ordinary increase before the label: the base with its exceptions, or the low amount."""
        condition, low = self.laag()
        base = self.zonder_laag()
        if not condition:
            return base
        formula = keten([(condition, low)], base)
        return self.bundel.grootheid(
            f"{self.naam}_gewoon", "Gewone verhoging volgens het beleid", MAAND, formula, self.deel.laag_bedrag.herkomst
        )

    def zonder_laag(self) -> str:
        """The base with its exceptions."""
        formula = self.na_uitzondering("basis", f"({self.basis})")
        label, origin = "Gewone verhoging volgens het beleid, zonder vast bedrag", self.deel.basis.herkomst
        return self.bundel.grootheid(f"{self.naam}_basis_bedrag", label, MAAND, formula, origin)

    def na_label(self, ordinary: str) -> str:
        """The ordinary increase after the label: it may lower, never raise."""
        block = self.deel.energielabel
        if block is None or not block.van("niet", "procent"):
            return ordinary
        low, _ = self.laag()
        keep = f"niet ({low})" if low and block.stopt_laag_bedrag == "nee" else ""
        pairs: Paren = []
        for index, row in enumerate(block.rijen, 1):
            if row.soort == "niet":
                pairs.append((en(label_is(row.labels, block), keep), "0"))
            elif row.soort == "procent" and row.procent is not None:
                percent = self._procent(f"label_{index}", row.procent, block.herkomst)
                # where the label stops the low amount, the base is what it lowers
                spared = f"min({self.zonder_laag()}, {HUUR} * {percent})"
                pairs.append((en(label_is(row.labels, block), keep), spared))
        return self.bundel.grootheid(
            f"{self.naam}_na_label",
            "Gewone verhoging na het energielabel",
            MAAND,
            keten(pairs, ordinary),
            block.herkomst,
        )

    def iah(self, ordinary: str) -> str:
        """The income-dependent increase by category, with its exceptions."""
        block = self.deel.iah
        pairs: Paren = []
        for category, cel in block.per.items():
            value = "iah_verhoging" if cel.soort == "wettelijk" else self._cel(cel, f"iah_{category}", block.herkomst)
            pairs.append((f"inkomenscategorie = {category}", f"({value})"))
        formula = self.na_uitzondering("iah", f"({keten(pairs, '0')})")
        if block.minstens_basis == "ja":
            formula = f"max({formula}, {ordinary})"
        return self.bundel.grootheid(
            f"{self.naam}_iah", "Inkomensafhankelijke verhoging volgens het beleid", MAAND, formula, block.herkomst
        )

    # steps 6 to 8

    def grenzen(self, otherwise: str) -> list[str]:
        """The limits of the landlord; ``otherwise`` where one is not for this household."""
        found = []
        for index, grens in enumerate(self.deel.tot, 1):
            limit = {
                "streefhuur": "streefhuur",
                "kwaliteitskortingsgrens": "kwaliteitskortingsgrens",
                "aftoppingsgrens": "(als aantal_bij_iah <= 2 dan aftoppingsgrens[laag] anders aftoppingsgrens[hoog])",
                "liberalisatiegrens": "daeb_huurgrens",
            }.get(grens.soort, "")
            if grens.bedrag is not None:
                label = "Hoogste nieuwe huur volgens het beleid"
                limit = self.bundel.cijfer(
                    f"{self.naam}_grens_{index}", label, grens.bedrag, MAAND, grens.herkomst, grens.plaats
                )
            conditions = [een_van("inkomenscategorie", grens.categorieen)] if grens.categorieen else []
            for edge, mee, below in (
                (grens.personen.onder, grens.personen.onder_mee, True),
                (grens.personen.boven, grens.personen.boven_mee, False),
            ):
                if edge is not None:
                    conditions.append(f"aantal_bij_iah {_teken(below, mee)} {edge}")
            found.append(f"(als {en(*conditions)} dan {limit} anders {otherwise})" if conditions else limit)
        return found


def _teken(below: bool, mee: bool) -> str:
    sign = ">" if below else "<"
    return sign + "=" if mee else sign
