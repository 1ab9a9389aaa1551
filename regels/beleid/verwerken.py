"""From policy files to figures, quantities and rules, as the loader reads them from a rule file."""

from collections.abc import Iterator, Mapping
from datetime import date

from regels.beleid.blokken import Beleid
from regels.beleid.bundel import Bundel, stuk, woorden
from regels.beleid.inlezen import BESLUITEN, lees_beleid
from regels.beleid.sjabloon import Schrijver, Sjablonen
from regels.beleid.wetsgrens import keur
from regels.bestanden import Faults, Item
from regels.declaraties import Declarations
from regels.velden import BELEID as VOOR_BELEID


def voeg_toe(
    policies: Mapping[str, Item], rules: dict[str, Item], texts: dict[str, Item], declarations: Declarations
) -> tuple[Beleid, ...]:
    """Read ``policies`` and add what they are written as to ``rules``; gives the policies that could be read.

    ``rules`` and ``texts`` hold those files by name; the one with ``sjablonen`` loses what only policies need.
    """
    faults = declarations.faults
    shared = next((name for name, root in rules.items() if "sjablonen" in _sleutels(root)), None)
    landlords = declarations.velden["verhuurder"].waarden if "verhuurder" in declarations.velden else {}
    found = tuple(
        policy for name, root in policies.items() if (policy := lees_beleid(name, root, declarations)) is not None
    )
    if shared is None:
        _velden(declarations, {})
        for root in policies.values():
            faults.add(
                root, "er is geen bestand met 'sjablonen' (landelijk/huurbeleid.yaml); zonder kan beleid niet mee"
            )
        return found
    keys = dict(_sleutels(rules[shared]))
    templates: Sjablonen = {
        decision: faults.mapping(block) for decision, block in faults.mapping(keys.pop("sjablonen")).items()
    }
    blocks = faults.mapping(keys.pop("bouwstenen")) if "bouwstenen" in keys else {}
    if not found:
        del rules[shared]
        _velden(declarations, {})
        return found
    for policy in found:
        keur(policy, declarations.cijfers, faults)
    written = {}
    for policy in found:
        if faults.found:
            break  # what is written rests on what was read
        written[f"{policy.verhuurder}/beleid/{policy.ronde}.yaml"] = Schrijver(
            policy, templates, landlords.get(policy.verhuurder, policy.verhuurder), faults
        ).schrijf()
    for name, bundle in (written | _niet_ingevoerd(found, templates, landlords, faults)).items():
        _plaats(name, bundle, rules, declarations)
        texts[name] = Item(
            bundle.plaats,
            {
                decision: Item(bundle.plaats, {"per_regel": Item(bundle.plaats, dict(said))})
                for decision, said in bundle.huurder.items()
            },
        )
    keys["besluiten"] = Item(
        keys["besluiten"].place,
        {
            name: _besluit(item, found, templates.get(name, {})) if name in BESLUITEN else item
            for name, item in faults.mapping(keys["besluiten"]).items()
        },
    )
    keys["grootheden"] = Item(rules[shared].place, dict(_nodig(blocks, written)))
    _velden(declarations, written)
    # what a landlord decided is told after what the law says
    rules[shared] = Item(rules.pop(shared).place, keys)
    return found


def _velden(declarations: Declarations, written: Mapping[str, Bundel]) -> None:
    """Take the fields away that are only there for policies, where no policy uses them."""
    used = {word for bundle in written.values() for word in bundle.woorden()}
    for name, field in list(declarations.velden.items()):
        if field.gebruik == VOOR_BELEID and name not in used:
            del declarations.velden[name]


def _sleutels(root: Item) -> Mapping[str, Item]:
    return root.value if isinstance(root.value, dict) else {}


def _niet_ingevoerd(
    found: tuple[Beleid, ...], templates: Sjablonen, landlords: Mapping[str, str], faults: Faults
) -> dict[str, Bundel]:
    """For every round between the first and the last: the landlords of which nothing was entered."""
    rounds = range(min(policy.ronde for policy in found), max(policy.ronde for policy in found) + 1)
    there = {(policy.verhuurder, policy.ronde) for policy in found}
    missing = {}
    for policy in {policy.verhuurder: policy for policy in found}.values():
        for round_ in rounds:
            if (policy.verhuurder, round_) not in there and not faults.found:
                empty = _leeg(policy, round_)
                missing[f"{policy.verhuurder}/beleid/{round_}.yaml"] = Schrijver(
                    empty, templates, landlords.get(policy.verhuurder, policy.verhuurder), faults
                ).schrijf()
    return missing


def _leeg(policy: Beleid, round_: int) -> Beleid:
    return Beleid(
        verhuurder=policy.verhuurder,
        ronde=round_,
        status="onbekend",
        besluit_voor=None,
        besloten_op=None,
        ingangsdatum=date(round_, 7, 1),
        geschiedenis=(),
        delen=(),
        toelichting=(),
        woorden={},
        herkomst=type(policy.herkomst)((), "officieel"),
        plaats=policy.plaats,
    )


def _plaats(name: str, bundle: Bundel, rules: dict[str, Item], declarations: Declarations) -> None:
    """Hand what was written to the loader, as if it stood in a rule file called ``name``."""
    place = bundle.plaats
    if bundle.cijfers:
        window = stuk(place, {"vanaf": date(bundle.ronde, 7, 1), "tot_en_met": date(bundle.ronde + 1, 6, 30)})
        declarations.figures(Item(place, {"beleid": Item(place, {"geldig": window, **bundle.cijfers})}))
    rules[name] = Item(
        place,
        {
            "onderwerp": stuk(place, "huurverhoging"),
            "datum": stuk(place, "rondedatum"),
            "grootheden": Item(place, dict(bundle.grootheden)),
            "aanvullingen": Item(
                place, {decision: Item(place, list(found)) for decision, found in bundle.regels.items()}
            ),
        },
    )


def _besluit(item: Item, found: tuple[Beleid, ...], templates: Mapping[str, Item]) -> Item:
    """The decision, for the landlords and the rounds of which there is a policy."""
    landlords = ", ".join(dict.fromkeys(policy.verhuurder for policy in sorted(found, key=lambda one: one.verhuurder)))
    rounds = [policy.ronde for policy in found]
    window = {"vanaf": date(min(rounds), 7, 1), "tot_en_met": date(max(rounds) + 1, 6, 30)}
    filled = {
        key: Item(child.place, child.value.replace("«verhuurders»", landlords))
        if isinstance(child.value, str)
        else child
        for key, child in _sleutels(item).items()
    }
    shown = {
        name
        for template in templates.values()
        for key, block in _sleutels(template).items()
        if key == "waarden"
        for name in _sleutels(block)
    }
    return Item(item.place, filled | {"geldig": stuk(item.place, window), "toont": stuk(item.place, sorted(shown))})


def _nodig(blocks: Mapping[str, Item], written: Mapping[str, Bundel]) -> Iterator[tuple[str, Item]]:
    """The building blocks that what was written uses, and those that these use."""
    used: set[str] = set()
    todo = [word for bundle in written.values() for word in bundle.woorden()]
    while todo:
        word = todo.pop()
        if word in blocks and word not in used:
            used.add(word)
            todo += woorden(blocks[word])
    for name, item in blocks.items():
        if name in used:
            yield name, item
