"""The models of the question of one rule set: every field that it declares, and no other."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import Discriminator, Field, Tag, WithJsonSchema, create_model

from regels.velden import ONTVANGT, Veld
from regels.vraag import KOSTEN, MOST_PERSONS, VORMEN, Ontvangt, Persoon, Servicekosten, Vraag, Vraagdeel, Woning
from regels.vraagveld import Lezer, schema

_Model = TypeVar("_Model", bound=Vraagdeel)


class Vraagmodel:
    """The models of a question, made once for a rule set."""

    def __init__(self, velden: Mapping[str, Veld], ontvangt: Mapping[str, Veld]) -> None:
        self.persoon = _model(Persoon, _fields(velden, "persoon"))
        self.servicekosten = _model(Servicekosten, _fields(velden, "servicekosten"))
        self.woning = _model(Woning, self._dwelling(velden))
        persons: Any = list[self.persoon] | None  # type: ignore[name-defined]
        parts: dict[str, Any] = {
            "personen": (persons, Field(default=None, max_length=MOST_PERSONS)),
            "woning": (self.woning | None, Field(default=None)),
        }
        if ontvangt:
            self.ontvangt = _model(Ontvangt, _fields({veld.naam: veld for veld in ontvangt.values()}, ONTVANGT))
            parts[ONTVANGT] = (self.ontvangt | None, Field(default=None))
        self.vraag = _model(Vraag, parts | _fields(velden, "vraag"))

    def _dwelling(self, velden: Mapping[str, Veld]) -> dict[str, Any]:
        """The fields of the dwelling; the service costs are one amount, or an object with each kind."""
        found = _fields(velden, "woning")
        amount, field = found[KOSTEN]
        kinds = self.servicekosten
        apart, together = VORMEN
        found[KOSTEN] = (
            Annotated[
                Annotated[kinds, Tag(apart)] | Annotated[amount, Tag(together)],
                Discriminator(lambda value: apart if isinstance(value, dict | kinds) else together),
            ],
            field,
        )
        return found


def _model(base: type[_Model], fields: dict[str, Any]) -> type[_Model]:
    made = create_model(base.__name__, __base__=base, __module__=base.__module__, **fields)
    made.__doc__ = base.__doc__
    return made


def _fields(velden: Mapping[str, Veld], group: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, veld in velden.items():
        if veld.groep == group:
            described = WithJsonSchema({"anyOf": [schema(veld), {"type": "null"}], "title": veld.label})
            kind = Annotated[Any, Lezer(veld), described]
            found[name] = (kind, Field(default=None, alias=veld.json))
    return found
