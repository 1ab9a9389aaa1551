"""Each organisation sees its own rows; the municipality sees counts."""

import pytest

from regels.eigenaren import Eigenaar, Eigenaren
from service.toegang.organisaties import Organisatie, OrganisatieFout, Zicht, read_organisation, zicht

EIGENAREN = Eigenaren(
    {
        "landelijk": Eigenaar("landelijk", "landelijk", "Nederland", ()),
        "duinrand": Eigenaar("duinrand", "gemeente", "Duinrand", ("duinrand",)),
        "bosrand": Eigenaar("bosrand", "gemeente", "Bosrand", ("bosrand",)),
        "de-duinen": Eigenaar("de-duinen", "corporatie", "De Duinen", ("duinrand",)),
        "beide": Eigenaar("beide", "corporatie", "Beide", ("duinrand", "bosrand")),
    }
)


@pytest.mark.parametrize(
    ("van", "op", "ziet"),
    [
        ("de-duinen", "de-duinen", Zicht.RIJEN),
        ("duinrand", "duinrand", Zicht.RIJEN),
        ("duinrand/loket", "duinrand/loket", Zicht.RIJEN),
        ("duinrand", "de-duinen", Zicht.AANTALLEN),
        ("duinrand", "beide", Zicht.AANTALLEN),
        ("duinrand", "duinrand/loket", Zicht.AANTALLEN),
        ("bosrand", "beide", Zicht.AANTALLEN),
        ("bosrand", "de-duinen", Zicht.NIETS),
        ("bosrand", "duinrand", Zicht.NIETS),
        ("bosrand", "duinrand/loket", Zicht.NIETS),
        ("duinrand/loket", "duinrand", Zicht.NIETS),
        ("duinrand/loket", "duinrand/wijkteam", Zicht.NIETS),
        ("duinrand/loket", "de-duinen", Zicht.NIETS),
        ("de-duinen", "duinrand", Zicht.NIETS),
        ("de-duinen", "beide", Zicht.NIETS),
        ("landelijk", "de-duinen", Zicht.NIETS),
        ("weg", "de-duinen", Zicht.NIETS),
        ("duinrand", "weg", Zicht.NIETS),
        ("weg", "weg", Zicht.RIJEN),
    ],
)
def test_what_one_organisation_sees_of_another(van: str, op: str, ziet: Zicht) -> None:
    assert zicht(Organisatie.kept(van), Organisatie.kept(op), EIGENAREN) is ziet


@pytest.mark.parametrize("text", ["duinrand", "de-duinen", "duinrand/loket", " duinrand/wijkteam-noord "])
def test_what_was_typed_is_kept_and_read_again(text: str) -> None:
    made = read_organisation(text, EIGENAREN)
    assert str(made) == text.strip()
    assert Organisatie.kept(str(made)) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Kies uit duinrand, bosrand, de-duinen, beide"),
        ("landelijk", "Kies uit"),
        ("Duinrand", "Kies uit"),
        ("de-duinen/loket", "Alleen een gemeente"),
        ("duinrand/", "dienst"),
        ("duinrand/Loket", "dienst"),
        ("duinrand/a/b", "dienst"),
        (f"duinrand/{'a' * 41}", "dienst"),
    ],
)
def test_what_is_no_organisation_says_what_to_write(text: str, said: str) -> None:
    with pytest.raises(OrganisatieFout, match=said):
        read_organisation(text, EIGENAREN)
