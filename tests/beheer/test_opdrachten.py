"""From a folder into force at the command line: one enters, another approves, and an old answer comes again."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from regels.bron import pakketbestanden
from service.basis import apart
from service.basis.instellingen import Instellingen, instellingen
from service.beheer.begin import begin
from service.opdracht.commando import app
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang.gebruikers import Gebruikers
from service.toegang.rechten import Rol
from tests.hulp.beheer import SNEL, WACHTWOORD, add_user
from tests.hulp.geladen import PAKKET

EIGEN = "olifant sneeuw gitaar molen"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command, with a database in which ``jansen`` enters and ``de-vries`` approves."""
    monkeypatch.setenv("HUURTOETS_GEGEVENSMAP", str(tmp_path / "gegevens"))
    instellingen.cache_clear()
    opslag = Opslag(Gegevensmap(tmp_path / "gegevens"))
    maak(opslag, wie="opdrachtregel:proef")
    for name, role in (("jansen", Rol.REGELBEHEERDER), ("de-vries", Rol.CONTROLLER)):
        made = add_user(opslag, name, role)
        Gebruikers(opslag, SNEL).kies_wachtwoord(made, WACHTWOORD, EIGEN)
    opslag.sluit()

    # a process that ran hundreds of tests is larger than one that runs a command, and so is its copy that reads a file
    monkeypatch.setattr(apart, "_STANDING", 16 * apart._STANDING)

    def invoke(*arguments: str, stdin: str = f"{EIGEN}\n") -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    yield invoke
    instellingen.cache_clear()


def test_one_enters_another_approves_and_an_old_answer_comes_again(run: Run, tmp_path: Path) -> None:
    work, question = tmp_path / "werk", tmp_path / "vraag.json"
    question.write_text(json.dumps({"peildatum": "2026-03-01"}), encoding="utf-8")
    before = pakketbestanden()

    def answer(*more: str) -> tuple[str, str]:
        done = run("toets", "--json", *more, str(question))
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        return told["regelset"]["revisie"], told["regelset"]["versie"]

    begun = run("regels", "concept", "begin", "hoger", "--reden", "Nieuwe grens", "--map", str(work), "--als", "jansen")
    assert begun.exit_code == 0, begun.output
    assert {str(path.relative_to(work)) for path in work.rglob("*.yaml")} == set(before)
    assert answer() == ("0", PAKKET.versie)
    (work / "versie.yaml").write_text("versie: 'hoger'\n", encoding="utf-8")
    assert run("regels", "concept", "bewaar", "--map", str(work), "--als", "jansen").exit_code == 0
    early = run("regels", "publiceren", "hoger", "--als", "jansen")
    assert (early.exit_code, "niet goedgekeurd" in early.output) == (2, True)
    report = run("regels", "concept", "controleer", "hoger", "--als", "jansen", "--zonder-bewijs")
    assert (report.exit_code, "gewijzigd: versie.yaml" in report.output) == (1, True)
    assert "Code: bewijs:niet-gedaan" in report.output
    open_ = run("regels", "goedkeuren", "hoger", "--als", "de-vries", stdin=f"{EIGEN}\nja\n")
    assert (open_.exit_code, "niet in orde" in open_.output) == (2, True)
    accept = ("regels", "concept", "aanvaard", "hoger", "bewijs:niet-gedaan", "--als", "jansen")
    assert run(*accept, "--reden", "Alleen de versie is anders.").exit_code == 0
    shown = run("regels", "concept", "toon", "hoger").output
    assert ("Aanvaard door gebruiker" in shown, "Alleen de versie is anders." in shown) == (True, True)
    own = run("regels", "goedkeuren", "hoger", "--als", "jansen", stdin=f"{EIGEN}\nja\n")
    assert (own.exit_code, "regels.goedkeuren" in own.output) == (2, True)
    no = run("regels", "goedkeuren", "hoger", "--als", "de-vries", stdin=f"{EIGEN}\nnee\n")
    assert (no.exit_code, "niets goedgekeurd" in no.output) == (2, True)
    assert run("regels", "goedkeuren", "hoger", "--als", "de-vries", stdin=f"{EIGEN}\nja\n").exit_code == 0
    assert "goedgekeurd, nog niet gepubliceerd" in run("regels", "concept", "lijst").output
    assert "Revisie 1 is van kracht" in run("regels", "publiceren", "hoger", "--als", "jansen").output
    assert answer() == ("1", "hoger")
    assert answer("--regelset", "0") == ("0", PAKKET.versie)
    assert [line.split("\t")[0] for line in run("regels", "revisies").stdout.splitlines()] == ["1", "0"]
    assert run("regels", "revisies", "0", "--map", str(tmp_path / "nul")).exit_code == 0
    assert (tmp_path / "nul" / "versie.yaml").read_bytes() == before["versie.yaml"]
    unknown = run("toets", "--regelset", "9", str(question))
    assert (unknown.exit_code, "regels revisies" in unknown.output) == (2, True)
    regels, _ = begin(Instellingen(), Opslag(Gegevensmap(tmp_path / "gegevens")), dienst=False)
    assert regels.revisie == "1"


@pytest.mark.parametrize("name", ["jansen", "niemand"])
def test_nobody_changes_anything_without_the_password_of_an_account(run: Run, tmp_path: Path, name: str) -> None:
    arguments = ("regels", "concept", "begin", "x", "--reden", "y", "--map", str(tmp_path / "werk"), "--als", name)
    refused = run(*arguments, stdin="een ander wachtwoord\n")
    assert (refused.exit_code, "horen niet bij elkaar" in refused.output) == (2, True)
    assert run("regels", "concept", "lijst").stdout == ""


def test_two_folders_of_one_draft_do_not_overwrite_each_other(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "een", tmp_path / "twee"
    run("regels", "concept", "begin", "samen", "--reden", "y", "--map", str(one), "--als", "jansen")
    assert run("regels", "concept", "haal", "samen", "--map", str(two)).exit_code == 0
    for folder in (one, two):
        (folder / "versie.yaml").write_text(f"versie: '{folder.name}'\n", encoding="utf-8")
    assert run("regels", "concept", "bewaar", "--map", str(one), "--als", "jansen").exit_code == 0
    late = run("regels", "concept", "bewaar", "--map", str(two), "--als", "jansen")
    assert (late.exit_code, "intussen bewaard" in late.output) == (2, True)
    again = run("regels", "concept", "haal", "samen", "--map", str(two))
    assert (again.exit_code, "nieuwe of lege map" in again.output) == (2, True)


def test_a_folder_that_no_draft_was_fetched_into_is_not_saved(run: Run, tmp_path: Path) -> None:
    done = run("regels", "concept", "bewaar", "--map", str(tmp_path), "--als", "jansen")
    assert (done.exit_code, "geen concept dat is opgehaald" in done.output) == (2, True)
