"""What was not checked, in words: on the page, in the dossier, and what of it goes home on paper."""

from datetime import UTC, datetime

from regels.uitslag import Uitslag
from regels.wet.wetsplaatsen import NietGetoetst, Wetsplaats
from tests.hulp.geladen import PAKKET, read, toets
from web.papieren.dossier import compose_dossier
from web.papieren.model import Lijst, Papier, Papiertabel
from web.papieren.overzichtpapier import compose_overzicht
from web.raamwerk.teksten import tekst
from web.raamwerk.wetswoord import unchecked

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
MANY = ["huurtoeslag", "zorgtoeslag", "kinderbijslag", "passende-huur", "huurklasse"]


def place(article: str, member: str) -> Wetsplaats:
    return Wetsplaats("Proefwet", article, member, f"https://voorbeeld.nl/{article}", "Niet gevraagd.")


def answer(*left_out: NietGetoetst) -> Uitslag:
    found = toets(read({"peildatum": "2026-06-15"}))
    found.niet_getoetst = list(left_out)
    return found


OFTEN = NietGetoetst("Een deur.", "vaak", MANY, [place("2", "lid 1"), place("2", "lid 2 onder a"), place("3", "")])
SOMETIMES = NietGetoetst("Een raam.", "soms", ["huurtoeslag"], [place("2", "lid 1"), place("2", "lid 1 onder b")])
STAFF = NietGetoetst("Een dak.", "vaak", ["huurklasse"], [place("2", "")])


def test_each_article_is_named_once_and_no_letter_beside_its_whole_member() -> None:
    often, sometimes = unchecked(PAKKET.teksten, answer(OFTEN, SOMETIMES))
    assert often.wet == "Proefwet, artikel 2 lid 1 en lid 2, onder a; Proefwet, artikel 3"
    assert sometimes.wet == "Proefwet, artikel 2 lid 1"
    assert often.wetten[1][1] == "https://voorbeeld.nl/3"


def test_three_decisions_are_named_and_the_others_are_counted() -> None:
    often, sometimes = unchecked(PAKKET.teksten, answer(OFTEN, SOMETIMES))
    assert often.bij.endswith(" en nog 2") and often.bij.startswith("Huurtoeslag, Zorgtoeslag, ")
    assert sometimes.bij == "Huurtoeslag"


def part(paper: Papier, head: str) -> Lijst | Papiertabel | None:
    found = [section.inhoud[0] for section in paper.secties if section.titel == head]
    assert not found or isinstance(found[0], Lijst | Papiertabel)
    return found[0] if found else None  # type: ignore[return-value]


def test_the_dossier_has_all_of_it_in_a_table() -> None:
    made = part(compose_dossier(PAKKET.teksten, answer(OFTEN, SOMETIMES), (), "", NOW), tekst("papieren.dossier.niet"))
    assert isinstance(made, Papiertabel)
    assert [row[0] for row in made.rijen] == ["Een deur.", "Een raam."]
    assert made.rijen[1][1:] == ("Huurtoeslag", "Proefwet, artikel 2 lid 1")


def test_at_home_goes_what_is_often_otherwise_and_is_not_for_staff_alone() -> None:
    head = tekst("papieren.overzicht_kop.niet_getoetst")
    made = part(compose_overzicht(PAKKET.teksten, answer(OFTEN, SOMETIMES, STAFF), (), "", NOW, "x"), head)
    assert isinstance(made, Lijst)
    assert [point.tekst for point in made.punten] == ["Een deur."]
    assert part(compose_overzicht(PAKKET.teksten, answer(SOMETIMES), (), "", NOW, "x"), head) is None


def test_of_rules_without_the_law_the_papers_say_nothing_of_it() -> None:
    found = answer()
    found.niet_getoetst = None
    assert part(compose_dossier(PAKKET.teksten, found, (), "", NOW), tekst("papieren.dossier.niet")) is None
