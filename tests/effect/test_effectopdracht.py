"""``huurtoets regels effect`` tells whom other rules touch; two policies of a landlord stand beside each other."""

import json
from pathlib import Path

from typer.testing import CliRunner

from service.opdracht.commando import app
from tests.hulp.effecten import FILES, HOMES, KOPPELING, POLICY, decided


def run(tmp_path: Path, *more: str) -> tuple[int, str]:
    sets = tmp_path / "sets"
    for name, content in FILES.items():
        (sets / name).parent.mkdir(parents=True, exist_ok=True)
        (sets / name).write_bytes(content)
    (tmp_path / "laag.yaml").write_text(decided("1"), encoding="utf-8")
    (tmp_path / "hoog.yaml").write_text(decided("3"), encoding="utf-8")
    # with too much capital for huurtoeslag, so that it is known what every tenant pays
    homes = HOMES.replace(b"label\n", b"label;wie;vermogen\n").replace(b";C\n", b";C;huurder;200000\n")
    (tmp_path / "woningen.csv").write_bytes(homes)
    (tmp_path / "koppeling.yaml").write_bytes(KOPPELING + b"  wie: p1_rol\n  vermogen: vermogen\n")
    own = ["--woningen", str(tmp_path / "woningen.csv"), "--koppeling", str(tmp_path / "koppeling.yaml")]
    new = [f"{POLICY}={tmp_path / name}.yaml" for name in ("laag", "hoog")]
    ran = CliRunner().invoke(app, ["regels", "effect", *new, "--van", str(sets), "--dag", "2026-07-01", *own, *more])
    return ran.exit_code, ran.output.replace("\xa0", " ")


def test_two_policies_are_told_for_ones_own_homes(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert code == 0
    assert said.count("van de 7 huishoudens krijgen er 7 een andere uitkomst of een ander bedrag") == 2
    assert "laag, op 1 juli 2026, naast map sets" in said and "7 van besluit ontbreekt naar ja" in said
    assert "Rijen die niet te gebruiken waren: 1." in said
    assert "llustrati" not in said
    heads, *costs = [
        [cell.strip() for cell in line[1:-1].split(line[0])]
        for line in said.splitlines()
        if line.startswith(("┃", "│"))
    ]
    assert heads == ["Regels", "Huur voor verhuurders", "Huurtoeslag", "Wat huurders zelf betalen"]
    # a year of seven homes of 600 euro, and with 1% and 3% more
    assert costs == [
        ["map sets", "€ 50.400", "€ 0", "€ 50.400"],
        ["laag", "€ 50.904", "€ 0", "€ 50.904"],
        ["hoog", "€ 51.912", "€ 0", "€ 51.912"],
    ]


def test_the_same_as_json_has_the_means(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--json")
    found = json.loads(said)
    assert code == 0 and found["afgewezen"] == 1
    means = [variant["besluiten"][0]["bedrag"]["gemiddeld_na"] for variant in found["effect"]["varianten"]]
    assert means == ["606.00", "618.00"]


def test_a_table_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--woningen", str(tmp_path / "nergens.csv"))
    assert code == 2 and "Traceback" not in said
