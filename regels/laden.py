"""Loading the rule files: from YAML text to a bound, checked :class:`regels.regelset.Regelset`.

After the first pass (``regels.declaraties``) every name has its type; here every expression is parsed and bound, and
the whole is checked. All faults are reported at once.
"""

import gc
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from regels import bereik, jaarschijf, rekening, verwijzing
from regels.beleid.verwerken import voeg_toe
from regels.besluitlezer import Decisions
from regels.bestanden import Item, Place, parse_file
from regels.controle import check
from regels.declaraties import ALTIJD, keys_of
from regels.eenheden import TRUTH, UNITS
from regels.eigenaren import BESTAND as EIGENAAR
from regels.eigenaren import check_owners, owner_of, read_owners
from regels.jaarwissel.aankondiging import Aankondiging
from regels.jaarwissel.jaarbestanden import KENNIS
from regels.jaarwissel.jaarkennis import Kennislezer
from regels.regelset import (
    ONDERWERPEN,
    ZEKERHEDEN,
    Aanname,
    Formule,
    Onderdeel,
    Regelset,
)
from regels.taal import And, LanguageError, Not
from regels.teksten import BESTAND as TEKSTEN
from regels.tekstlezer import Tekstlezer
from regels.velden import read_fields, read_received
from regels.wet import wetcontrole
from regels.wet.wetlezer import Wetlezer, is_wetsbestand

_PAID = {True: "euro per maand", False: "euro per jaar"}
_FORMULE = frozenset({"geldig", "formule", "bron", "zekerheid"})


def load(bestanden: Iterable[tuple[str, bytes]]) -> Regelset:
    """The rule set in these files, each with its name (``landelijk/2026.yaml``), in whichever order they come.

    Raises :class:`regels.bestanden.RegelsetError` with every fault that was found.
    """
    loader = _Loader()
    collected = gc.isenabled()
    gc.disable()  # nearly all that is made here stays: looking through it for what can go costs a fifth of the time
    try:
        result = loader.load(dict(sorted(bestanden, key=lambda file: file[0].split("/"))))
    except LanguageError as error:  # a fault in a place that has no better address
        loader.faults.add(Place("regelset", 0), str(error))
        loader.faults.raise_if_any()
        raise
    finally:
        if collected:
            gc.enable()
    return result


@dataclass
class _Loader(Decisions):
    def load(self, bestanden: Mapping[str, bytes]) -> Regelset:
        contents = manifest(bestanden)
        for name in bestanden:
            if not name.endswith(".yaml"):
                self.faults.add(
                    Place(name, 1), "zo wordt dit bestand niet gelezen; geef het een naam die eindigt op .yaml"
                )
        roots = {name: parse_file(content, name, self.faults) for name, content in bestanden.items()}
        self.faults.raise_if_any()  # what is in a file that cannot be read, would be said to be missing
        version = self._version(roots.pop("versie.yaml", Item(Place("versie.yaml", 1), {})))
        self.eigenaren = read_owners(roots, self.faults)
        check_owners(self.eigenaren.alle, {owner_of(name): root.place for name, root in roots.items()}, self.faults)
        for name in [name for name in roots if name.endswith(f"/{EIGENAAR}")]:
            del roots[name]
        fields = roots.pop("velden.yaml", Item(Place("velden.yaml", 1), {}))
        self.velden = read_fields(fields, self.faults, self.eigenaren)
        for name in [name for name in roots if name.endswith("bronnen.yaml")]:
            self.sources(roots.pop(name))
        texts = {name: roots.pop(name) for name in list(roots) if name.rsplit("/", 1)[-1] == TEKSTEN}
        yearly = [roots.pop(name) for name in list(roots) if name.rsplit("/", 1)[-1] == KENNIS]
        laws = {name: roots.pop(name) for name in list(roots) if is_wetsbestand(name)}
        rules, slices, policies = {}, [], {}
        for name, root in roots.items():
            file = name.rsplit("/", 1)[-1]
            if "/beleid/" in name:
                policies[name] = root
            elif re.fullmatch(r"\d{4}\.yaml", file):
                self.figures(root)
            elif match := jaarschijf.FILE.fullmatch(file):
                slices.append(jaarschijf.Slices(self).read(root, int(match[1])))
            else:
                rules[name] = root
        self.missing_figures()
        landlords = voeg_toe(policies, rules, texts, self)
        for root in rules.values():
            self.declare(root)
        for root in rules.values():
            self._define(root)
        for root in rules.values():
            self._extend(root)
        assumptions, reach, awaited = self._assumptions(), self._reach(), self._awaited(yearly)
        read = Wetlezer(self).lees(laws)
        self.faults.raise_if_any()
        reader = Tekstlezer(self.besluiten, self.faults, {name: self.eigenaren.invullen(name) for name in texts})
        words = reader.read(texts, self.grootheden)
        # what is paid once a year is received by the year, all else by the month
        brings = {id: besluit.som for id, besluit in self.besluiten.items() if besluit.som is not None}
        received = read_received(
            fields,
            self.faults,
            {
                id: (words.besluiten[id].titel if id in words.besluiten else id, UNITS[_PAID[bool(som.maand)]])
                for id, som in brings.items()
            },
        )
        result = Regelset(
            versie=version,
            hash=hash_of(contents),
            onderdelen=parts_of(contents),
            bronnen=self.bronnen,
            velden=self.velden,
            aannamen=assumptions,
            eigenaren=self.eigenaren,
            bereik=reach,
            teksten=words,
            ontvangt=received,
            cijfers={
                name: tuple(sorted(series, key=lambda c: c.venster.vanaf)) for name, series in self.cijfers.items()
            },
            grootheden=self.grootheden,
            besluiten=dict(sorted(self.besluiten.items(), key=lambda item: list(ONDERWERPEN).index(item[1].onderwerp))),
            jaarschijven=tuple(slices),
            beleid=landlords,
            wetten=read,
            wacht=awaited,
        )
        check(result, self.faults)
        bereik.check(result, self.faults)
        verwijzing.check(result, self.faults)
        rekening.check(result, self.faults)
        jaarschijf.check(result, self)
        wetcontrole.check(result, self.bronplaatsen, self.faults)
        self.faults.raise_if_any()
        return result

    def _awaited(self, roots: Iterable[Item]) -> Mapping[str, Aankondiging]:
        """From whom the figures of a new year come; the checks on them are only bound here, to find their faults."""
        drafts = {figure.naam: (figure.type, keys_of(figure)) for figure in self.ontwerpen}
        reader = Kennislezer(self.faults, drafts | dict(self.scope.figures), self.bronnen)
        for root in roots:
            reader.lees(root)
        return reader.kennis().aankondigingen

    def _version(self, root: Item) -> str:
        keys = self.faults.mapping(root, frozenset({"versie"}), frozenset({"versie"}))
        return self.faults.text(keys["versie"]) if "versie" in keys else ""

    # second pass: expressions

    def _define(self, root: Item) -> None:
        keys = root.value if isinstance(root.value, dict) else {}
        for name, item in self.faults.mapping(keys["grootheden"]).items() if "grootheden" in keys else ():
            self._quantity(name, self.faults.mapping(item), item)
        for name, item in self.faults.mapping(keys["besluiten"]).items() if "besluiten" in keys else ():
            if name in self.besluiten:
                self.faults.add(item, f"het besluit '{name}' bestaat al in {self.besluiten[name].plaats}")
            self.besluiten[name] = self._decision(name, item, keys)

    def _extend(self, root: Item) -> None:
        """Add the rules that one owner (a landlord) brings to a decision of another file."""
        keys = root.value if isinstance(root.value, dict) else {}
        for name, item in self.faults.mapping(keys["aanvullingen"]).items() if "aanvullingen" in keys else ():
            if name not in self.besluiten:
                self.faults.add(item, f"er is geen besluit '{name}' om aan te vullen")
                continue
            decision, common = self.besluiten[name], self.gemeenschappelijk[name]
            rules = tuple(self._rule(rule, *common) for rule in self.faults.items(item))
            self.besluiten[name] = replace(decision, regels=decision.regels + rules)

    def _quantity(self, name: str, entry: Mapping[str, Item], item: Item) -> None:
        quantity = self.grootheden[name]
        scope = replace(self.scope, in_person=quantity.per_persoon)
        formulas = []
        sources = entry.get("bron")
        for block in self.faults.items(entry["formules"]) if "formules" in entry else [item]:
            keys = self.faults.mapping(block, _FORMULE if "formules" in entry else None, frozenset({"formule"}))
            if "formule" not in keys:
                continue
            tree = self._bind(keys["formule"], scope, quantity.type)
            source = keys.get("bron") or sources
            formulas.append(
                Formule(
                    venster=self.rule_window(keys["geldig"]) if "geldig" in keys else ALTIJD,
                    tekst=self.faults.text(keys["formule"]),
                    boom=tree[0] if tree else Not(0, Not(0, And(0, ()))),
                    bronnen=self.source(source) if source else (),
                    zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
                )
            )
        self.grootheden[name] = replace(quantity, formules=tuple(formulas))

    def _assumptions(self) -> dict[str, tuple[Aanname, ...]]:
        found = {}
        for name, veld in self.velden.items():
            if not veld.uitgangspunten:
                continue
            scope = replace(self.scope, in_person=veld.groep == "persoon", allow_known=True)
            bound = []
            for entry in veld.uitgangspunten:
                condition = self._bind(entry.als, scope, TRUTH) if entry.als else None
                if value := self._bind(entry.waarde, scope, veld.type):
                    bound.append(Aanname(entry.id, name, condition[0] if condition else None, value[0], entry.tekst))
            found[name] = tuple(bound)
        return found


def manifest(bestanden: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each file by its name, in the order in which they are told."""
    return {name: hash_of_file(bestanden[name]) for name in sorted(bestanden, key=lambda name: name.split("/"))}


def hash_of_file(content: bytes) -> str:
    """The hash of one file."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def hash_of(contents: Mapping[str, str]) -> str:
    """The hash of a whole set, from its :func:`manifest`: that of :attr:`regels.regelset.Regelset.hash`."""
    lines = "".join(f"{part.naam} {part.hash}\n" for part in parts_of(contents))
    return hash_of_file(lines.encode())


def parts_of(contents: Mapping[str, str]) -> tuple[Onderdeel, ...]:
    """The files of a :func:`manifest` as the parts of a set."""
    order = sorted(contents, key=lambda name: name.split("/"))
    return tuple(Onderdeel(name.removesuffix(".yaml"), contents[name]) for name in order)
