"""What must hold beside "exactly one rule": claims about amounts, each with its source, in the language of the rules.

A claim is shown for every stretch of days on which all its figures and formulas are in force. A claim may rest on
earlier ones (``steunt_op``): small steps are shown where the whole would be too much at once.
"""

from typing import Final

from regels.lezers.bewijs.hulpstellingen import HULP
from regels.lezers.bewijs.stelling import BEIDE, BTIV, BW, RONDE, UHW, WHT, Stelling, Verloop
from regels.lezers.bewijs.toeslagstellingen import TOESLAGEN

GRENZEN: Final = (
    Stelling(
        "huurgrenzen-op-volgorde",
        "Kwaliteitskortingsgrens, lage en hoge aftoppingsgrens en DAEB-huurgrens lopen op.",
        f"{WHT} 13 en 20",
        "kwaliteitskortingsgrens < aftoppingsgrens[laag] en aftoppingsgrens[laag] < aftoppingsgrens[hoog] "
        "en aftoppingsgrens[hoog] < daeb_huurgrens",
    ),
    Stelling(
        "passende-huur-onder-de-daeb-grens",
        "Een passende huur is altijd een sociale huur.",
        f"{BTIV} 46, {WHT} 20",
        "passende_huurgrens <= daeb_huurgrens",
    ),
    Stelling(
        "huurgrens-huurtoeslag-is-daeb-grens",
        "De huurgrens van de huurtoeslag is die voor sociale huur; voor jongeren is het de kwaliteitskortingsgrens.",
        f"{WHT} 13 en 20",
        "maximale_huurgrens[gewoon] = daeb_huurgrens en maximale_huurgrens[jongeren] = kwaliteitskortingsgrens",
    ),
    Stelling(
        "primaire-doelgroep-onder-de-daeb-grens",
        "De inkomensgrens van passend toewijzen ligt onder de DAEB-grens, ook voor ouderen.",
        f"{BTIV} 46 en 48, {WHT} 14",
        " en ".join(
            f"passend_inkomensgrens{aow}[{soort}] < daeb_grens[{soort}]" for aow in ("", "_aow") for soort in BEIDE
        ),
    ),
    Stelling(
        "grens-hoger-voor-meer-personen",
        "Voor een meerpersoonshuishouden zijn de inkomensgrenzen hoger.",
        f"{BTIV} 48, {WHT} 14",
        " en ".join(
            f"{naam}[eenpersoons] < {naam}[meerpersoons]"
            for naam in ("daeb_grens", "passend_inkomensgrens", "passend_inkomensgrens_aow")
        ),
    ),
    Stelling(
        "vermogensgrens-partners-is-dubbel",
        "Partners samen hebben twee keer de vermogensgrens van één persoon.",
        "Awir 7",
        "vermogensgrens[partners] = vermogensgrens[alleen] * 2 en vermogensgrens[bewoner] = vermogensgrens[alleen]",
    ),
    Stelling(
        "iah-grenzen-op-volgorde",
        "Categorie hoog begint boven categorie midden, en mag een hoger bedrag.",
        f"{UHW} 10",
        " en ".join(f"iah_grens_midden[{soort}] < iah_grens_hoog[{soort}]" for soort in BEIDE)
        + " en iah_maximum[midden] < iah_maximum[hoog]"
        + " en iah_grens_midden[eenpersoons] < iah_grens_midden[meerpersoons]"
        + " en iah_grens_hoog[eenpersoons] < iah_grens_hoog[meerpersoons]",
        datum=RONDE,
    ),
    Stelling(
        "vergoeding-daalt-per-laag",
        "Van elk hoger deel van de huur wordt een kleiner deel vergoed.",
        f"{WHT} 21",
        "vergoeding[tot_kwaliteitskortingsgrens] > vergoeding[tot_aftoppingsgrens] "
        "en vergoeding[tot_aftoppingsgrens] > vergoeding[daarboven] en vergoeding[daarboven] > 0",
    ),
)

HUURVERHOGING: Final = (
    Stelling(
        "nieuwe-huur-niet-boven-het-hoogste",
        "De hoogste nieuwe huur gaat nooit boven het hoogste van de maximale huur (WWS) en de oude huur.",
        f"{UHW} 13",
        "hoogste_nieuwe_huur <= max(wws_maximum, huur_voor_ronde)",
        datum=RONDE,
    ),
    Stelling(
        "nieuwe-huur-niet-onder-de-oude",
        "De hoogste nieuwe huur is nooit lager dan de oude huur.",
        f"{BW}:252, {UHW} 13",
        "hoogste_nieuwe_huur >= huur_voor_ronde",
        datum=RONDE,
    ),
    Stelling(
        "gewone-huur-binnen-de-grenzen",
        "Ook zonder inkomensafhankelijke verhoging blijft de nieuwe huur tussen de oude huur en het hoogste bedrag.",
        f"{UHW} 13",
        "gewone_nieuwe_huur >= huur_voor_ronde en gewone_nieuwe_huur <= max(wws_maximum, huur_voor_ronde)",
        datum=RONDE,
    ),
    Stelling(
        "verhoging-niet-boven-percentage-of-bedrag",
        "De verhoging is nooit meer dan het hoogste van percentage, vast bedrag en bedrag van de categorie.",
        f"{UHW} 10, {BW}:252a",
        "hoogste_nieuwe_huur - huur_voor_ronde <= wettelijke_verhoging",
        datum=RONDE,
    ),
    Stelling(
        "getoonde-huur-is-de-berekende",
        "De hoogste huur die wordt getoond, is die waaraan een voorstel wordt getoetst.",
        f"{UHW} 10 en 13",
        "maximaleHuur = hoogste_nieuwe_huur",
        datum=RONDE,
        waarden_van="huurverhoging-wettelijk",
    ),
    Stelling(
        "getoonde-verhoging-klopt",
        "De getoonde verhoging is het verschil tussen de getoonde huur en de oude huur.",
        f"{UHW} 10 en 13",
        "maximaleVerhoging = maximaleHuur - huur_voor_ronde en maximaleVerhoging >= 0",
        datum=RONDE,
        waarden_van="huurverhoging-wettelijk",
    ),
    Stelling(
        "getoonde-verhoging-om-het-inkomen-past",
        "Een verhoging om het inkomen gaat nooit verder dan de hoogste nieuwe huur die de wet toelaat.",
        f"{BW}:252a, {UHW} 13",
        "huur_voor_ronde + maximum <= hoogste_nieuwe_huur en maximum > 0",
        datum=RONDE,
        waarden_van="inkomensafhankelijke-huurverhoging",
    ),
    Verloop(
        "hogere-categorie-nooit-lager",
        "Met categorie hoog mag de huur nooit minder omhoog dan met categorie midden.",
        f"{BW}:252a",
        wat="hoogste_nieuwe_huur",
        met="inkomenscategorie",
        stijgt=True,
        vanaf="midden",
        tot="hoog",
        datum=RONDE,
    ),
    Verloop(
        "categorie-midden-nooit-lager",
        "Met categorie midden mag de huur nooit minder omhoog dan met categorie laag.",
        f"{BW}:252a",
        wat="hoogste_nieuwe_huur",
        met="inkomenscategorie",
        stijgt=True,
        vanaf="laag",
        tot="midden",
        datum=RONDE,
    ),
)

HUURTOESLAG: Final = (
    Stelling(
        "inkomen-in-hele-euros",
        "Het rekeninkomen is een bedrag in hele euro's.",
        "Awir 7",
        "naar_beneden(rekeninkomen, 1) = rekeninkomen",
    ),
    Stelling(
        "kind-verlaagt-het-inkomen-niet",
        "Van een kind met de vrijstelling telt nooit minder dan nul mee: een verlies van dat kind telt niet.",
        "Awir 7 lid 6",
        "rekeninkomen_persoon >= 0",
        als="kind_met_vrijstelling of (rol = kind en soort_kind != kleinkind en leeftijd < vrijstelling_leeftijd)",
        per_persoon=True,
    ),
    Stelling(
        "verlies-is-een-inkomen",
        "Van ieder ander telt het inkomen zoals het is, ook een verlies.",
        "Awir 7 en 8",
        "rekeninkomen_persoon = inkomen_opgave",
        als=(
            "rol in (huurder, partner, onderhuurder) of leeftijd >= vrijstelling_leeftijd of "
            "((rol = medebewoner of (rol = kind en soort_kind = kleinkind)) en niet kinderbijslag_of_pleegvergoeding)"
        ),
        per_persoon=True,
    ),
    Verloop(
        "inkomen-telt-op",
        "Verdient een bewoner meer, dan daalt het inkomen dat van die bewoner meetelt niet. Dus daalt ook de som niet.",
        "Awir 7",
        wat="rekeninkomen_persoon",
        met="inkomen_opgave",
        stijgt=True,
        per_persoon=True,
    ),
    Verloop(
        "normhuur-stijgt-met-inkomen",
        "Bij een hoger inkomen is de normhuur nooit lager.",
        f"{WHT} 17",
        wat="normhuur",
        met="rekeninkomen",
        stijgt=True,
        geheel=True,
    ),
    Verloop(
        "toeslag-daalt-met-normhuur",
        "Bij een hogere normhuur is de toeslag nooit hoger.",
        f"{WHT} 21",
        wat="toeslag_per_jaar",
        met="normhuur",
        stijgt=False,
    ),
    Verloop(
        "toeslag-daalt-met-inkomen",
        "Bij een hoger inkomen is de toeslag nooit hoger (vanaf 2026 in één formule).",
        f"{WHT} 21",
        wat="toeslag_per_jaar",
        met="rekeninkomen",
        stijgt=False,
        geheel=True,
        zonder="normhuur",
    ),
    Verloop(
        "afronden-houdt-de-volgorde",
        "Een hogere toeslag per jaar is ook na afronden nooit lager.",
        "Awir 14",
        wat="toeslag_jaar_afgerond",
        met="toeslag_per_jaar",
        stijgt=True,
    ),
    Verloop(
        "maandbedrag-volgt-jaarbedrag",
        "Een hogere toeslag per jaar geeft nooit een lager maandbedrag.",
        "Awir 14",
        wat="huurtoeslag_per_maand",
        met="toeslag_per_jaar",
        stijgt=True,
        vanaf_nul=True,
        steunt_op=("afronden-houdt-de-volgorde",),
    ),
    Verloop(
        "uitbetaling-volgt-jaarbedrag",
        "Een hogere toeslag geeft nooit een lager bedrag per jaar.",
        "Awir 14",
        wat="huurtoeslag_per_jaar",
        met="toeslag_per_jaar",
        stijgt=True,
        vanaf_nul=True,
        steunt_op=("afronden-houdt-de-volgorde",),
    ),
    Stelling(
        "rekenhuur-niet-boven-de-huur",
        "De rekenhuur is niet negatief, en niet hoger dan de huur met de servicekosten.",
        f"{WHT} 5",
        "rekenhuur >= 0 en rekenhuur <= kale_huur + alle_servicekosten en alle_servicekosten >= 0",
    ),
    Stelling(
        "normhuur-vanaf-de-laagste",
        "De normhuur is nooit lager dan de laagste normhuur.",
        f"{WHT} 17",
        "normhuur >= laagste_normhuur",
        steunt_op=("inkomen-in-hele-euros",),
    ),
    Stelling(
        "basishuur-niet-negatief",
        "Een huurder betaalt altijd zelf een deel van de huur.",
        f"{WHT} 16 en 17",
        "basishuur > 0",
        steunt_op=("normhuur-vanaf-de-laagste",),
    ),
    Stelling(
        "toeslag-niet-boven-de-rekenhuur",
        "De toeslag volgens de formule is nooit hoger dan de rekenhuur.",
        f"{WHT} 21",
        "toeslag_per_jaar >= 0 en toeslag_per_jaar <= per_jaar(rekenhuur)",
        steunt_op=("basishuur-niet-negatief", "rekenhuur-niet-boven-de-huur"),
    ),
    Stelling(
        "huurtoeslag-niet-boven-de-huur",
        "De huurtoeslag per maand is nooit hoger dan de huur waarover gerekend wordt, en nooit negatief.",
        f"{WHT} 21",
        "huurtoeslag_per_maand >= 0 en huurtoeslag_per_maand <= rekenhuur",
        steunt_op=("toeslag-niet-boven-de-rekenhuur", "rekenhuur-niet-boven-de-huur"),
    ),
    Stelling(
        "maandbedrag-niet-boven-jaarbedrag",
        "Twaalf keer het maandbedrag is nooit meer dan de toeslag volgens de formule.",
        "Awir 14, proefberekening",
        "per_jaar(huurtoeslag_per_maand) <= toeslag_per_jaar",
        steunt_op=("toeslag-niet-boven-de-rekenhuur",),
    ),
    Stelling(
        "woonlasten-niet-negatief",
        "Na de huurtoeslag blijven de woonlasten nul of meer.",
        f"{WHT} 21",
        "totale_woonlasten >= 0",
        steunt_op=("huurtoeslag-niet-boven-de-huur", "rekenhuur-niet-boven-de-huur"),
    ),
)

STELLINGEN: Final[tuple[Stelling | Verloop, ...]] = (*GRENZEN, *HUURVERHOGING, *HUURTOESLAG, *TOESLAGEN, *HULP)
