"""The command: streams, exit codes, help."""

import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.hulp.regelsets import besluit, schrijf

VRAAG = {"peildatum": "2026-03-01", "soort": "huurder", "woning": {"kaleHuur": 650}}


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service.opdracht.commando", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _klasse(answer: dict) -> str:
    return next(c["waarden"]["klasse"] for c in answer["conclusies"] if c["id"] == "huurklasse")


def test_one_question_from_a_file_gives_one_answer(tmp_path: Path) -> None:
    path = tmp_path / "vraag.json"
    path.write_text(json.dumps(VRAAG))
    done = run("toets", str(path), "--json")
    assert done.returncode == 0
    assert _klasse(json.loads(done.stdout)) == "betaalbaar-laag"


def test_a_list_from_stdin_gives_a_list_in_the_same_order() -> None:
    dear = VRAAG | {"woning": {"kaleHuur": 932.94}}
    done = run("toets", "-", "--json", stdin=json.dumps([VRAAG, dear]))
    assert [_klasse(answer) for answer in json.loads(done.stdout)] == ["betaalbaar-laag", "boven-de-grens"]


def test_without_json_a_person_can_read_it() -> None:
    done = run("toets", "-", stdin=json.dumps(VRAAG))
    assert done.returncode == 0
    for words in ("Huurtoets op 1 maart 2026", "Betaalbaarheid", "huurklasse: De huur is betaalbaar", "Ontbreekt:"):
        assert words in done.stdout
    # what is not checked stands below it: the likely with their articles, the rare as a number
    lines = [line.strip() for line in done.stdout.splitlines()]
    left_out = lines[lines.index("Niet getoetst (kan bij dit huishouden iets veranderen)") :]
    assert left_out[left_out.index("inkomen blijven. (huurtoeslag)") + 1] == (
        "Besluit op de huurtoeslag, artikel 2b lid 1 en 2"
    )
    assert re.fullmatch(r"Komt zelden voor: \d+ \(zie --json\)", left_out[-1])
    assert "vermiste partner" not in " ".join(left_out)


def test_faults_go_to_stderr_with_their_place_and_code_two() -> None:
    done = run("toets", "-", stdin=json.dumps([VRAAG, {"soort": "hurder", "x": 1}]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "/1/soort: Kies een van" in done.stderr
    assert "/1/x: Dit veld bestaat niet" in done.stderr


@pytest.mark.parametrize("stdin", ["", "{", "[]", "[[]]"])
def test_what_is_no_question_gives_code_two(stdin: str) -> None:
    done = run("toets", "-", stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_gives_code_two() -> None:
    done = run("toets", "bestaat-niet.json")
    assert done.returncode == 2
    assert "bestaat-niet.json" in done.stderr


def test_the_rule_files_are_in_order() -> None:
    done = run("regels", "controleer", "--zonder-bewijs")
    assert done.returncode == 0
    assert "is in orde" in done.stdout


def test_one_decision_is_proven_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for kept in ("0 al eerder", "1 al eerder"):
        done = run("regels", "bewijs", "--jaar", "2026", "--besluit", "daeb-doelgroep")
        assert done.returncode == 0, done.stderr
        assert f"Bewijs: 1 bewezen ({kept}), 0 weerlegd, 0 niet bewezen." in done.stdout


def test_a_gap_in_the_rules_is_shown_with_a_household(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "bewaard"))
    rules = besluit(("a", "inkomen < grens", "ja"), ("b", "inkomen > grens", "nee"))
    done = run("regels", "controleer", str(schrijf(tmp_path / "sets", regels=rules)))
    assert done.returncode == 1
    assert "Inkomen: €\N{NO-BREAK SPACE}1.000" in done.stderr
    assert "  inkomen: 1000" in done.stderr


def test_an_unknown_decision_is_refused_with_those_there_are() -> None:
    done = run("regels", "bewijs", "--besluit", "huurtoeslagen")
    assert done.returncode == 2
    assert "Kies uit" in done.stderr
    assert "huurtoeslag," in done.stderr


def test_faulty_rule_files_are_named_with_line_and_code_one(tmp_path: Path) -> None:
    (tmp_path / "versie.yaml").write_text("versie: '1'\nonzin: 2\n")
    done = run("regels", "controleer", str(tmp_path))
    assert done.returncode == 1
    assert "versie.yaml:2: onbekende sleutel 'onzin'" in done.stderr


@pytest.mark.parametrize("command", [("toets",), ("start",), ("regels", "controleer")])
def test_help_has_examples(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Voorbeelden:" in done.stdout


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "vragen.json"
    path.write_text(json.dumps([VRAAG] * 20))
    done = subprocess.run(
        f"{sys.executable} -m service.opdracht.commando toets {path} --json | head -1",
        shell=True, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "["
    assert "Traceback" not in done.stderr


def test_start_serves_the_form_and_says_where_and_a_taken_port_is_a_clear_fault() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service.opdracht.commando", "start", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    try:
        assert server.stdout is not None
        # on a new machine the database that was made is told first
        assert any(f"http://127.0.0.1:{port}" in line for line in itertools.islice(server.stdout, 2))
        assert b"<form" in _get(f"http://127.0.0.1:{port}/huurder")
        done = run("start", "--port", str(port))
        assert done.returncode == 2
        assert "niet vrij" in done.stderr
    finally:
        server.terminate()
        server.wait(10)


def _get(url: str) -> bytes:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.read()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service did not start")


def test_the_policy_officer_sees_where_answers_end() -> None:
    """Yearly figures end with 2026, the agreements with 2027; the lowering of 2023 and 2024 has ended long ago."""
    done = run("regels", "geldigheid", "--op", "2026-11-23")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].split("\t")[1:5] == ["23 november 2026", "23 december 2026", "21 februari 2027", "11 juni 2027"]
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines[1:] if "\t" in line}
    assert rows["huurtoeslag"][:5] == ["regels", "regels", "geen regels", "geen regels", "1 januari 2027"]
    assert rows["kernbinding"][4] == "1 januari 2028"
    assert rows["eenmalige-huurverlaging"] == ["gesloten"] * 4 + ["-", ""]
    assert rows["bijstandsnorm"][:5] == ["regels"] * 4 + ["-"]


@pytest.mark.parametrize("arguments", [("--op", "gisteren"), ("--dagen", "-1"), ("--dagen", "x")])
def test_a_day_that_cannot_be_read_is_refused(arguments: tuple[str, ...]) -> None:
    done = run("regels", "geldigheid", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[0] in done.stderr


def test_a_quantity_is_shown_with_its_formula_and_what_was_written_for_it() -> None:
    done = run("regels", "toon", "rekenhuur", "--op", "2025-12-31")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("grootheid rekenhuur (landelijk/huurtoeslag.yaml:")
    windows = {line[3:23]: line[1] for line in lines[1:3]}
    assert list(windows.values()) == ["*", " "]  # the formula of that day is marked
    assert "def rekenhuur_(s, p):" in lines
    assert any(line.startswith("# k") and "functie min" in line for line in lines)


def test_a_decision_is_shown_with_its_rules_and_all_that_was_written_for_it() -> None:
    done = run("regels", "toon", "passende-huur", "--op", "2026-03-01")
    assert done.returncode == 0, done.stderr
    said = ("besluit passende-huur", "  huur-is-passend: ja", "    als norm_geldt en", "    zegt De huur is passend.")
    for words in said:
        assert words in done.stdout
    for name in ("passende_huur_", "passende_huur_huur_is_passend_", "passende_huur_waarden_", "passende_huur_rete_"):
        assert f"def {name}(s" in done.stdout
    assert "regels op 1 maart 2026, huurverhoging van 1 juli 2026" in done.stdout


def test_a_figure_and_a_field_are_shown_and_an_unknown_name_gets_a_near_one() -> None:
    assert "cijfer daeb_huurgrens" in run("regels", "toon", "daeb_huurgrens").stdout
    assert "in JSON /soort\n  huurder: Huurder\n" in run("regels", "toon", "soort").stdout
    wrong = run("regels", "toon", "rekenhur")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Er is niets met de naam 'rekenhur'. Bedoelt u rekenhuur" in wrong.stderr
