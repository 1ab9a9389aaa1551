"""The Dutch words of the pages that belong to no field and no rule."""

from collections.abc import Mapping

UITKOMSTEN: Mapping[str, str] = {
    "ja": "Ja",
    "nee": "Nee",
    "onbekend": "Nog onbekend",
    "besluit_ontbreekt": "Besluit ontbreekt",
    "voorleggen": "Voorleggen",
    "niet_van_toepassing": "Niet van toepassing",
    "geen_regels": "Geen regels",
}

# What rests on something weaker than an official text says so in words.
ZEKERHEDEN: Mapping[str, str] = {
    "officieel": "officieel",
    "secundair": "uit tweede hand",
    "afgeleid": "afgeleid",
    "onbevestigd": "niet bevestigd",
}
VOORBEHOUD: Mapping[str, str] = {
    "secundair": "Dit rust mede op een bron uit de tweede hand.",
    "afgeleid": "Dit is mede afgeleid: het staat niet letterlijk in een bron.",
    "onbevestigd": "Dit rust mede op een cijfer of regel die niet officieel is bevestigd. Controleer de uitkomst.",
}

# The unit is part of the label of a field, so that it is also heard.
EENHEDEN: Mapping[str, str] = {
    "euro": "in euro",
    "euro per maand": "in euro per maand",
    "euro per jaar": "in euro per jaar",
}
# The same beside the field, for the eye.
ACHTER: Mapping[str, str] = {"in euro per maand": "per maand"}

# What a conclusion rests on, in the order of the table.
STAPPEN: Mapping[str, str] = {
    "veld": "Ingevuld of aangenomen",
    "cijfer": "Bedragen en grenzen uit de regels",
    "grootheid": "Berekend",
}

DATUM_HINT = "dd-mm-jjjj"
KIES = "Kies …"
JA = "Ja"
NEE = "Nee"
WEET_NIET = "Weet ik niet"
NIET_INGEVULD = "Niet ingevuld"
GELEZEN = "Gelezen als {}"
LEEG = "Leeg: {}"
LEEG_PEILDATUM = "Leeg is vandaag: {}."
LEEG_HUURRONDE = "Leeg is het jaar van de peildatum."
BOVEN_DE_GRENS = "Boven de grens"
REST = "Niet van toepassing of geen regels op deze datum ({})"
VRAGEN = "{} vragen, bij {}"
NIET_GELEZEN = "niet te lezen"
PERSOON = "Persoon {}"

TITEL = "Huurtoets"
TITEL_FOUT = "Fout: {} verbeteren – Huurtoets"
TITEL_UITKOMST = "Uitkomst: {} – Huurtoets"
