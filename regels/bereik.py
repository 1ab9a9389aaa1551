"""Whether what a landlord brings can be reached: conditions with the landlord filled in, and all else unknown."""

from collections.abc import Iterator

from regels.bestanden import Faults
from regels.eigenaren import owner_of
from regels.regelset import GESLOTEN, NIET_VAN_TOEPASSING, Besluit, Regel, Regelset
from regels.taal import And, Compare, Field, Member, Node, Not, Or, Quantity, Truth, Word


def check(regels: Regelset, faults: Faults) -> None:
    """Note every rule of a landlord that nobody can reach, and every decision that leaves a landlord without rule."""
    for decision in regels.besluiten.values():
        for rule in decision.regels:
            owner = regels.eigenaren.alle.get(owner_of(rule.plaats.file))
            if owner and owner.soort == "corporatie" and _holds(rule.als, owner.id, regels) is False:
                faults.add(
                    rule.plaats,
                    f"geen huurder van '{owner.id}' bereikt deze regel; kijk naar 'alleen_als' in {decision.plaats}, "
                    "en of deze verhuurder in de afspraken staat",
                )
        for landlord in _landlords(decision, regels):
            if not _reached(decision, landlord, regels):
                faults.add(
                    decision.plaats,
                    f"'{decision.id}' gaat ook over '{landlord}' en heeft daarvoor geen regel; "
                    f"geef die bij 'aanvullingen' in de map {landlord}",
                )


def _landlords(decision: Besluit, regels: Regelset) -> Iterator[str]:
    """The corporations of the municipality of a decision; of all when it is of no municipality."""
    about = regels.eigenaren.gemeenten_van(decision.plaats.file)
    for owner in regels.eigenaren.van_soort("corporatie"):
        if not about or set(about) & set(owner.gemeenten):
            yield owner.id


def _reached(decision: Besluit, landlord: str, regels: Regelset) -> bool:
    return any(_holds(rule.als, landlord, regels) is not False for rule in decision.regels if not _shared(rule)) or any(
        _holds(rule.als, landlord, regels) is True for rule in decision.regels if _shared(rule)
    )


def _shared(rule: Regel) -> bool:
    """Whether it is a rule for what is outside the decision, and so no answer for a landlord inside it."""
    return rule.naam in (NIET_VAN_TOEPASSING, GESLOTEN)


def _holds(node: Node, landlord: str, regels: Regelset) -> bool | None:
    """``node`` for a question with this landlord; None when that depends on more."""
    match node:
        case Truth():
            return node.value
        case Not():
            part = _holds(node.part, landlord, regels)
            return None if part is None else not part
        case And() | Or():
            ends = isinstance(node, Or)  # the value of a part that ends it
            found = [_holds(part, landlord, regels) for part in node.parts]
            return ends if ends in found else None if None in found else not ends
        case Member(left=Field(name="verhuurder")):
            return landlord in node.words
        case Compare(left=Field(name="verhuurder"), right=Word(value=word)):
            return (landlord == word) == (node.op == "=")
        case Quantity(per_person=False):
            values = {_holds(formula.boom, landlord, regels) for formula in regels.grootheden[node.name].formules}
            return values.pop() if len(values) == 1 else None
    return None
