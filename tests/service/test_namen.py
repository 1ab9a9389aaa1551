"""Columns of personal names, known by their shape; streets, villages, complexes and labels are left alone."""

import pytest

from service.invoer.namen import Vorm, full_of_names, is_name, shape_of

NAMES = {
    "voorletters": ["J. Jansen", "P.J. de Vries", "A. van den Berg", "Th. Koelewijn", "K. O'Brien", "S. 't Hart"],
    "achternaam eerst": ["Jansen, J.", "Vries, P.J. de", "Koelewijn K.", "Wolf, T.", "de Boer, A."],
    "aanhef": ["Dhr. Knol", "Mevr. A. Bos", "de heer P. Smit", "Fam. Kuik", "mw. Eker-Dam"],
    "voluit": ["Jan Jansen", "Fatima el Amrani", "Piet de Vries", "Anna Koelewijn", "Mehmet Çelik", "Sem van den Berg"],
    "hoofdletters": ["JAN JANSEN", "P. DE VRIES", "A. BAKKER", "KAREL SMIT"],
    "kleine letters": ["jan jansen", "p. de vries", "anna bakker"],
    "paren": ["J. Jansen en P. de Boer", "Fam. Smit / Bakker", "A. Mulder & B. Kok"],
    "achternamen": ["Jansen", "de Vries", "Koelewijn", "Bakker", "van den Berg", "Smit", "Eker", "Mulder"],
    "uit de hele wereld": ["Ahmed Yilmaz", "Nguyen Thi Lan", "Maria da Silva", "Ali Kaya", "Singh, R.", "Noor Haddad"],
}
OTHER = {
    "straten": [
        "Kerkstraat", "J.P. Coenstraat", "Jan van Galenstraat", "Burgemeester van der Veenlaan", "De Meenthe",
        "Oosterpad", "Prins Bernhardlaan", "Dr. A. Kuyperweg", "Onder de Linden", "Gasthuisdijk", "'t Hoogthij",
        "Julianaplein",
    ],
    "adressen": ["Kerkstraat 1", "J.P. Coenstraat 12a", "De Meenthe 4", "Jan Steenweg 7", "Piet Heinstraat 9"],
    "kernen": [
        "Steenwijk", "Giethoorn", "Vollenhove", "Blokzijl", "Oldemarkt", "Wanneperveen", "Belt-Schutsloot",
        "Sint Jansklooster", "Kuinre", "Scheerwolde", "Willemsoord", "De Pol", "Witte Paarden",
        "Eesveen", "Tuk", "De Bult", "Marijenkampen",
    ],
    "complexen": [
        "De Linden", "Het Anker", "Huize Wilhelmina", "Anna Paulowna", "De Brink", "Nieuwe Gagel", "Villa Nova",
        "De Haan", "Hof van Holland", "Molenwiek", "Woldmeenthe", "Torenlanden", "Prins Hendrik",
    ],
    "labels": ["A", "B", "C", "D", "E", "F", "G", "A+++", "geen label", "Label A", "Label B"],
    "soorten": ["Eengezinswoning", "Galerijflat", "Bovenwoning", "Benedenwoning", "Portiekwoning", "Seniorenwoning"],
    "blokken": ["Blok A.", "Blok B.", "Blok C.", "Type D.", "Fase E."],
    "verhuurders": ["Wetland Wonen", "Woonconcept", "Gemeente Steenwijkerland", "Stichting De Meenthe"],
    "bedrijven": ["Bakker Bouw B.V.", "J. Smit B.V.", "Jansen en Zn. BV", "VvE De Vries", "Klusbedrijf de Boer"],
    "zinnen": ["Dak vervangen in mei", "Niet thuis", "Wacht op Jan", "CV-ketel oud", "Huurder belt terug"],
    "ja en nee": ["ja", "nee", "onbekend", "n.v.t.", "J", "N"],
    "codes": ["DAEB", "niet-DAEB", "SOC", "VRIJ", "MID"],
    "maanden": ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"],
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMES)
def test_a_column_of_names_is_recognised(kind: str) -> None:
    assert full_of_names(NAMES[kind])
    assert full_of_names([*NAMES[kind], "onbekend"])


@pytest.mark.parametrize("kind", OTHER)
def test_what_only_looks_like_names_is_left_alone(kind: str) -> None:
    assert not full_of_names(OTHER[kind])


@pytest.mark.parametrize("kind", NAMES)
def test_two_names_say_nothing(kind: str) -> None:
    assert not full_of_names(NAMES[kind][:2], titled=True)


def test_a_title_that_says_so_is_enough_for_what_could_be_names() -> None:
    rare = ["Zwolsman", "Eker", "Hagedoorn", "Tuut"]
    assert full_of_names(rare, titled=True)
    assert not full_of_names(rare)


def test_a_few_names_among_other_texts_are_no_column_of_names() -> None:
    assert not full_of_names([*NAMES["voorletters"], *OTHER["zinnen"], *OTHER["straten"]])


@pytest.mark.parametrize(
    "title", ["Kale huur", "VHE-nummer", "Max. huur", "Energielabel", "Nr. woning", "Naam huurder", "P. Maand"]
)
def test_a_title_is_no_name(title: str) -> None:
    assert not is_name(title)


def test_a_text_that_is_long_or_has_digits_is_no_name() -> None:
    assert shape_of("Jan Jansen 2") is Vorm.ANDERS
    assert shape_of("J. " + "x" * 70) is Vorm.ANDERS
    assert shape_of("") is Vorm.ANDERS
