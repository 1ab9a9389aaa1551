"""Random policies and households against an independent computation, written from the order of application."""

import random
from decimal import Decimal
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regels.bestanden import RegelsetError
from tests.hulp.beleidrekenen import Huishouden, bereken
from tests.hulp.beleidsets import antwoord, laad

FEITEN: Final = ("sloop", "kwijtschelding", "eerste_huurder")
LABELS: Final = ("A++++", "A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")
HUISHOUDENS: Final = 60
PROCENT = st.sampled_from(["0", "0.5", "1.25", "2", "3.3", "4.1"])
RENTS: Final = (
    "349.99",
    "350",
    "350.01",
    "299.99",
    "300",
    "498.20",
    "498.21",
    "713.02",
    "764.14",
    "900",
    "899.99",
    "1250",
)


@st.composite
def cellen(draw: st.DrawFn) -> Any:
    return draw(
        st.one_of(
            st.sampled_from(["geen", "wettelijk", "onbekend"]),
            PROCENT.map(lambda p: {"procent": p}),
            st.sampled_from(["2.60", "7.5", "30"]).map(lambda a: {"bedrag": a}),
            PROCENT.map(lambda p: {"tot_streefhuur": {"hoogstens": p}}),
        )
    )


def _woorden(draw: st.DrawFn, words: tuple[str, ...], gets: Any) -> list[Any]:
    """Every word in one of at most three rows."""
    place = [draw(st.integers(0, 2)) for _ in words]
    rows = [[word for word, at in zip(words, place, strict=True) if at == index] for index in sorted(set(place))]
    return [{"is": row, **gets()} for row in rows]


def _stukken(draw: st.DrawFn, edges: list[str], gets: Any) -> list[Any]:
    rows: list[dict[str, Any]] = [{}]
    for edge in edges:
        below = draw(st.booleans())
        rows[-1]["tot_en_met" if below else "tot"] = edge
        rows.append({"boven" if below else "vanaf": edge})
    return [row | gets() for row in rows]


@st.composite
def tabellen(draw: st.DrawFn) -> Any:
    names = draw(
        st.lists(
            st.sampled_from(["inkomen", "positie_streefhuur", "huurprijs", "aandeel_wws", "afstand_streefhuur"]),
            min_size=1, max_size=2, unique=True,
        )
    )  # fmt: skip

    def rows(rest: list[str]) -> list[Any]:
        def gets() -> dict[str, Any]:
            return {"rijen": rows(rest[1:])} if len(rest) > 1 else {"krijgt": draw(cellen())}

        if rest[0] == "inkomen":
            return _woorden(draw, ("laag", "midden", "hoog", "geen"), gets)
        if rest[0] == "positie_streefhuur":
            return _woorden(draw, ("onder", "op", "boven"), gets)
        edges = {"huurprijs": ["498.20", "713.02"], "aandeel_wws": ["60", "72.5"], "afstand_streefhuur": ["0", "25.50"]}
        return _stukken(draw, edges[rest[0]], gets)

    found: dict[str, Any] = {"naar": names, "rijen": rows(names)}
    if "aandeel_wws" in names and draw(st.booleans()):
        found["afgerond_op"] = draw(st.sampled_from(["0.01", "0.5"]))
    return {"tabel": found}


@st.composite
def labels(draw: st.DrawFn) -> Any:
    gets = st.one_of(st.sampled_from(["gewoon", "niet"]), PROCENT.map(lambda p: {"procent": p}))
    found: dict[str, Any] = {"rijen": _woorden(draw, (*LABELS, "zonder_label"), lambda: {"krijgt": draw(gets)})}
    for key, words in (
        ("stopt_iah", ("ja", "nee", "onbekend")),
        ("stopt_laag_bedrag", ("ja", "nee", "onbekend")),
        ("bij_twijfel", ("voorleggen", "telt", "als_slechtste")),
    ):
        if draw(st.booleans()):
            found[key] = draw(st.sampled_from(words))
    return found


@st.composite
def iahs(draw: st.DrawFn) -> Any:
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(["nee", "onbekend"]))
    found: dict[str, Any] = {}
    for category, most in (("midden", "50"), ("hoog", "100")):
        cell = st.one_of(
            st.sampled_from(["geen", "wettelijk", "onbekend"]),
            st.sampled_from(["5", "35", most]).map(lambda a: {"bedrag": a}),
            st.sampled_from(["3", "6.6"]).map(lambda p: {"procent": p}),
        )
        found[category] = draw(cell)
    if draw(st.booleans()):
        found["alleen_als"] = "huur_voor_ronde < 900"
    if draw(st.booleans()):
        found["minstens_basis"] = draw(st.sampled_from(["ja", "nee", "onbekend"]))
    return found


@st.composite
def uitzonderingen(draw: st.DrawFn) -> Any:
    found = []
    for fact in FEITEN[: draw(st.integers(0, 3))]:
        touches = draw(st.sampled_from([["alles"], ["basis"], ["iah"], ["basis", "laag_bedrag"], ["basis", "iah"]]))
        result = draw(
            st.one_of(st.just("geen"), PROCENT.map(lambda p: {"procent": p}), PROCENT.map(lambda p: {"hoogstens": p}))
        )
        found.append({"als": fact, "treft": touches, "gevolg": result, "tekst": f"Het gaat om {fact}."})
    return found


@st.composite
def delen(draw: st.DrawFn) -> dict[str, Any]:
    limits = st.sampled_from(
        [
            {"grens": "streefhuur"}, {"grens": "kwaliteitskortingsgrens", "personen": {"tot_en_met": "1"}},
            {"grens": "aftoppingsgrens", "inkomen": ["laag", "geen"]}, {"grens": "liberalisatiegrens"},
            {"grens": "bedrag", "bedrag": "720.50", "inkomen": ["midden"]},
        ]
    )  # fmt: skip
    found: dict[str, Any] = {
        "voor": ["sociaal", "kamer"],
        "basis": draw(st.one_of(cellen(), tabellen())),
        "laag_bedrag": draw(
            st.one_of(st.sampled_from(["wettelijk", "nee", "onbekend"]), st.just({"bedrag": "20", "onder": "300"}))
        ),
        "iah": draw(iahs()),
        "uitzonderingen": draw(uitzonderingen()),
        "tot": draw(st.lists(limits, max_size=2)),
        "afronding": draw(
            st.sampled_from(["cent", {"op": "0.05", "hoe": "halve_omhoog"}, {"op": "1", "hoe": "naar_boven"}])
        ),
    }
    if draw(st.booleans()):
        found["energielabel"] = draw(labels())
    return {key: value for key, value in found.items() if value != []}


def huishouden(rng: random.Random) -> Huishouden:
    rent = Decimal(rng.choice(RENTS)) if rng.random() < 0.5 else Decimal(rng.randrange(20000, 130000)) / 100
    near = [rent, rent + Decimal("0.01"), rent + Decimal("12.34"), rent + 40, rent + 300, rent - Decimal("0.01")]
    points = rng.choice([*near, (rent / Decimal("0.6")).quantize(Decimal("0.01"))])
    return Huishouden(
        huur=rent,
        punten=points,
        streefhuur=rng.choice([*near, rent + Decimal("25.50"), rent + Decimal("25.51")]),
        label=rng.choice([*LABELS, ""]),
        twijfel=rng.random() < 0.15,
        categorie=rng.choice(["laag", "midden", "hoog", "geen"]),
        personen=rng.randrange(1, 5),
        zelfstandig=rng.random() < 0.85,
        feiten={fact: rng.random() < 0.3 for fact in FEITEN},
    )


def gevraagd(regels: Any, h: Huishouden) -> tuple[str, str, Decimal | None]:
    """What the product says of this household."""
    dwelling: dict[str, Any] = {
        "kaleHuur": h.huur, "wwsMaximum": h.punten, "zelfstandig": h.zelfstandig, "streefhuur": h.streefhuur,
        "labelKloptNiet": h.twijfel, "zonderEnergielabel": not h.label, "sloop": h.feiten["sloop"],
        "eersteHuurder": h.feiten["eerste_huurder"],
    }  # fmt: skip
    if h.label:
        dwelling["energielabel"] = h.label
    there = {veld.json for veld in regels.velden.values()}
    people = [{"rol": "huurder", "leeftijd": 40}, *[{"rol": "medebewoner", "leeftijd": 40}] * (h.personen - 1)]
    top = {"kwijtschelding": h.feiten["kwijtschelding"], "inkomenscategorie": h.categorie, "personen": people}
    found = antwoord(
        regels,
        {key: value for key, value in dwelling.items() if key in there},
        peildatum="2026-05-01",
        huurronde=2026,
        **{key: value for key, value in top.items() if key in {*there, "personen"}},
    ).conclusie("huurverhoging-beleid")
    rule = found.redenen[0].regel.partition(".")[0] if found.redenen else found.uitkomst
    rent = found.waarden.get("nieuweHuur")
    return found.uitkomst, str(found.waarden.get("grond", rule)), rent if isinstance(rent, Decimal) else None


def als_bestand(deel: dict[str, Any]) -> str:
    head = {"status": "vastgesteld", "besloten_op": "2026-03-01", "bron": "besluit", "onderdelen": [deel]}
    return yaml.safe_dump(head, sort_keys=False).replace("'ja'", "ja").replace("'nee'", "nee")


def controleer(deel: dict[str, Any], seed: int) -> None:
    regels = laad({2026: als_bestand(deel)})
    rng = random.Random(seed)
    for _ in range(HUISHOUDENS):
        h = huishouden(rng)
        if not h.label and "energielabel" not in deel:
            h = Huishouden(**{**vars(h), "label": "C"})
        expected = bereken(deel, h)
        assert gevraagd(regels, h) == expected, f"{deel}\n{h}"


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(deel=delen(), seed=st.integers(0, 10**6))
def test_a_random_policy_gives_what_the_order_of_application_says(deel: dict[str, Any], seed: int) -> None:
    controleer(deel, seed)


@pytest.mark.traag
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(deel=delen(), seed=st.integers(0, 10**6))
def test_many_random_policies_give_what_the_order_of_application_says(deel: dict[str, Any], seed: int) -> None:
    controleer(deel, seed)


def test_a_random_policy_is_never_refused_for_what_the_law_allows() -> None:
    with pytest.raises(RegelsetError):
        laad({2026: als_bestand({"basis": {"procent": "4.2"}})})
