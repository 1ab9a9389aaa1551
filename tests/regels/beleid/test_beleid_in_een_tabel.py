"""A table gives the answers of the single check for landlords' policy too, whole households and ones with gaps."""

import random
from datetime import date
from typing import Any

import narwhals as nw
import pytest

from regels import toets
from regels.lezers import kolommen
from regels.vraag import VraagFout
from tests.hulp.beleidsets import BESLUITEN, PROEF
from tests.hulp.huishoudens import huishouden
from tests.hulp.tabellen import ZONDER_MOGELIJK, antwoorden, rij, tabel, uit_de_toets, vergelijkbaar
from tests.regels.beleid.test_openbaar_beleid import FILES, regels_van, ronde_van

AANTAL = 80


def _met_eigen_velden(rng: random.Random, data: dict[str, Any], velden: list[Any]) -> dict[str, Any]:
    """Sometimes an answer to what only policy asks for, and more often amounts near each other."""
    for veld in velden:
        part = data if veld.groep == "vraag" else data.setdefault("woning", {})
        if rng.random() < 0.7:
            part[veld.json] = rng.random() < 0.3 if veld.soort == "ja_nee" else round(rng.uniform(300, 1200), 2)
    return data


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_table_answers_as_the_single_check(name: str) -> None:
    regels, round_ = regels_van(name), ronde_van(name)
    own = [veld for veld in regels.velden.values() if veld.gebruik]
    rng, asked = random.Random(name), []
    while len(asked) < AANTAL:
        data = huishouden(rng, compleet=len(asked) % 2 == 0, jaar=round_)
        data.setdefault("woning", {}).pop("ingangsdatumVoorstel", None)
        data |= {"peildatum": f"{round_}-05-01", "huurronde": round_, "verhuurder": PROEF, "soort": "huurder"}
        try:
            asked.append(regels.vraag(_met_eigen_velden(rng, data, own)))
        except VraagFout:
            continue
    rows = [rij(vraag, regels) for vraag in asked]
    frame = tabel(rows, kolommen.schema(regels, personen=max(row["personen"] for row in rows)))
    day = date(round_, 5, 1)
    answered = kolommen.toets(nw.from_native(frame.lazy()), regels, day, round_, BESLUITEN)
    found = antwoorden(answered.to_native().collect().to_dicts(), day, round_, regels, BESLUITEN)
    for vraag, from_table in zip(asked, found, strict=True):
        single = uit_de_toets(vraag, toets(vraag, regels, BESLUITEN, ZONDER_MOGELIJK))
        expected = vergelijkbaar({id: single[id] for id in from_table if id in single})
        assert vergelijkbaar(from_table) == expected, vraag.model_dump_json(by_alias=True, exclude_none=True)
