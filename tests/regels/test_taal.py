"""The condition language: what binds tighter, and what a wrong text is told, with the place."""

import pytest

from regels.taal import And, Arithmetic, Choice, Compare, LanguageError, Loop, Member, Node, Not, Or, parse, plain, walk


def same(one: str, other: str) -> bool:
    return plain(parse(one)) == plain(parse(other))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a of b en c", "a of (b en c)"),
        ("a en b of c en d", "(a en b) of (c en d)"),
        ("niet a en b", "(niet a) en b"),
        ("niet a = b", "niet (a = b)"),
        ("niet a in (x, y)", "niet (a in (x, y))"),
        ("a niet in (x, y)", "niet (a in (x, y))"),
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a - b <= c + d", "(a - b) <= (c + d)"),
        ("a < b en c >= d", "(a < b) en (c >= d)"),
        ("als a dan b anders als c dan d anders e", "als a dan b anders (als c dan d anders e)"),
        ("als a of b dan c anders d", "als (a of b) dan c anders d"),
        ("als a dan b anders c + d", "als a dan b anders (c + d)"),
        ("  a\n en\tb ", "a en b"),
    ],
)
def test_precedence_is_that_of_ordinary_writing(text: str, meaning: str) -> None:
    assert same(text, meaning)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a of b en c", "(a of b) en c"),
        ("niet a en b", "niet (a en b)"),
        ("a + b * c", "(a + b) * c"),
        ("a - b - c", "a - (b - c)"),
        ("a <= b", "a < b"),
    ],
)
def test_brackets_change_the_meaning(text: str, other: str) -> None:
    assert not same(text, other)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a en b", And),
        ("a of b", Or),
        ("niet a", Not),
        ("a != b", Compare),
        ("a in (b)", Member),
        ("a * 2", Arithmetic),
        ("als a dan b anders c", Choice),
        ("aantal(personen)", Loop),
        ("aantal(personen met a)", Loop),
        ("som(a van personen met b)", Loop),
        ("enige(personen met a en b)", Loop),
    ],
)
def test_each_form_has_its_own_node(text: str, kind: type[Node]) -> None:
    assert isinstance(parse(text), kind)


def test_a_word_with_hyphens_is_one_name_and_spaces_make_it_a_subtraction() -> None:
    assert not same("a-b", "a - b")
    assert same("t-1", "t-1")
    assert isinstance(parse("a - b"), Arithmetic)


def test_every_node_knows_where_it_stands() -> None:
    text = "a en niet (b <= c)"
    places = {(type(node).__name__, node.at) for node in walk(parse(text))}
    assert ("Not", text.index("niet")) in places
    assert ("Name", text.index("c)")) in places


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a en", 4, "het einde past hier niet; schrijf hier een naam, een getal of een voorwaarde"),
        ("en a", 0, "'en' past hier niet"),
        ("a <= <= b", 5, "'<=' past hier niet"),
        ("(a en b", 7, "het einde past hier niet; schrijf hier"),
        ("a b", 2, "'b' past hier niet"),
        ("als a dan b", 11, "het einde past hier niet"),
        ("tabel[a", 7, "het einde past hier niet"),
        ("a && b", 2, "het teken '&' hoort niet in de taal; gebruik woorden, cijfers en"),
        ("a == b", 3, "'=' past hier niet"),
        ("a ≤ b", 2, "het teken '≤' hoort niet in de taal"),
        ("a <= 2026-02-30", 5, "'2026-02-30' is geen bestaande datum"),
        ("", 0, "het einde past hier niet"),
        ("a < b < c", 6, "'<' past hier niet"),
    ],
)
def test_a_wrong_text_is_told_what_and_where(text: str, at: int, message: str) -> None:
    with pytest.raises(LanguageError) as error:
        parse(text)
    assert str(error.value).startswith(message)
    assert error.value.at == at
