"""The figures of the sets are those of the sources, each with its mark; what a source got wrong is not among them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from regels.regelset import Cijfer
from regels.velden import Waarde
from tests.hulp.geladen import PAKKET

O, S, A, X = "officieel", "secundair", "afgeleid", "onbevestigd"  # noqa: E741
Row = tuple[object, str]


def both(one: object, more: object) -> dict[str, object]:
    return {"eenpersoons": one, "meerpersoons": more}


def years(first: int, *rows: Row) -> dict[int, Row]:
    """A value and mark for each year (or round) from ``first``."""
    return dict(enumerate(rows, first))


def same(value: object, *marks: str, first: int = 2022) -> dict[int, Row]:
    return years(first, *((value, mark) for mark in marks))


PARTS = {"tot_kwaliteitskortingsgrens": 1, "tot_aftoppingsgrens": "0.65", "daarboven": "0.40"}
KERNEN = dict.fromkeys((
    "steenwijk", "vollenhove", "oldemarkt", "blokzijl", "eesveen", "giethoorn", "wanneperveen", "willemsoord", "kuinre",
    "tuk", "andere-kern",
), 0)  # fmt: skip
NORM = ("alleen", "paar", "alleen_met_aow", "paar_met_aow")

# figure -> year in which it begins -> (values by key, mark), typed over from the sources and not from the rule files
EXPECTED: dict[str, dict[int, Row]] = {
    # toewijzing: Rijksoverheid, Volkshuisvesting Nederland, Aedes, Wht 13 and 14
    "daeb_grens": years(
        2022, (both(40765, 45014), O), (both(44035, 48625), O), (both(47699, 52671), O), (both(49669, 54847), O),
        (both(51537, 56910), O),
    ),
    "daeb_huurgrens": years(2022, ("763.47", O), ("808.06", O), ("879.66", O), ("900.07", O), ("932.93", O)),
    "daeb_index_t1": years(2022, ("1.0185", A), ("1.0802", O), ("1.0832", S), ("1.0413", A), ("1.0376", S)),
    "daeb_index_t2": years(2022, ("1.0438", X), ("1.1002", O), ("1.1701", S), ("1.1279", A), ("1.0805", S)),
    "passend_inkomensgrens": years(
        2022, (both(24075, 32675), O), (both(25475, 34575), O), (both(27725, 37625), O), (both(28375, 38500), O),
        (both(29400, 39925), O),
    ),
    "passend_inkomensgrens_aow": years(
        2022, (both(23975, 32550), S), (both(25075, 33800), S), (both(27225, 36675), S), (both(27775, 37350), S),
        (both(28775, 38650), O),
    ),
    # Wzt 2a as it read in 2022 and 2024, and Wzt 3 from 2026; Wkb 1(4) of the two years between
    "vermogensgrens_zorgtoeslag": years(
        2022, *(({"alleen": one, "partners": two}, mark) for one, two, mark in (
            (120020, 151767, O), (127582, 161329, O), (140213, 177301, O), (141896, 179429, O), (146011, 184633, O),
        )),
    ),
    "passend_aandeel": years(2022, ("0.95", O)),
    "vrije_ruimte_hoogste": years(2022, ("0.15", O)),
    "vrije_ruimte_standaard": same("0.075", O, O, S, S, O),
    "vrije_ruimte_afspraak": years(2026, ("0.15", A)),
    "aow_jaren": years(2022, (66, O), (66, O), (67, O), (67, O), (67, S)),
    "aow_maanden": years(2022, (7, O), (10, O), (0, O), (0, O), (0, S)),
    # AOW 7a(1): 66 years and 4, 7 and 10 months in 2021, 2022 and 2023, and 67 years since
    "aow_vorig_jaar": years(2022, (796, O), (799, O), (802, O), (804, O), (804, O)),
    # huurtoeslag: the law of each year, Besluit 7, the trial calculation, the second Wet (verlaging eigen bijdrage)
    "kwaliteitskortingsgrens": years(2022, ("442.46", O), ("452.20", O), ("454.47", O), ("477.20", O), ("498.20", O)),
    "aftoppingsgrens": years(
        2022, *(({"laag": low, "hoog": high}, O) for low, high in (
            ("633.25", "678.66"), ("647.19", "693.60"), ("650.43", "697.07"), ("682.96", "731.93"),
            ("713.02", "764.14"),
        )),
    ),
    "maximale_huurgrens": years(
        2022, *(({"gewoon": full, "jongeren": young}, O) for full, young in (
            ("763.47", "442.46"), ("808.06", "452.20"), ("879.66", "454.47"), ("900.07", "477.20"),
            ("932.93", "498.20"),
        )),
    ),
    "jongeren_leeftijd": years(2022, (23, O), (23, O), (23, O), (23, O), (21, O)),
    "servicekosten_maximum": same(12, O, O, O, O),
    "servicekosten_totaal_maximum": same(48, O, O, O, O),
    "normhuur_minimum": years(2022, ("220.68", O), ("225.54", O), ("226.67", O), ("238.01", O), ("252.49", O)),
    "verlaging_normhuur": same(both(0, 0), O, O, O) | same(both("1.82", "3.63"), O, O, first=2025),
    "verlaging_normhuur_ouderen": same(both("1.82", "3.63"), O, O, O),
    "aanpassing_basishuur": years(2022, ("16.94", O), (0, O), ("-37.72", O), ("-37.14", O), ("-48.15", O)),
    "inkomensijkpunt": years(
        2022, (both(17350, 22500), O), (both(19375, 25225), O), (both(20700, 26975), O), (both(22700, 30450), O),
        (both(23425, 31500), O),
    ),
    "inkomensijkpunt_ouderen": years(2022, (both(19075, 25450), O), (both(20500, 27275), O), (both(22025, 29325), O)),
    "factor_a": years(
        2022, (both("0.000000596879", "0.000000342858"), O), (both("0.000000474433", "0.000000279402"), O),
        (both("0.000000413370", "0.000000244490"), O), (both("0.000000438698", "0.000000298184"), O),
    ),
    "factor_b": years(
        2022, (both("0.002363459319", "0.002093692299"), O), (both("0.002448638402", "0.001893212113"), O),
        (both("0.002393492603", "0.001807837711"), O), (both("0.000446392665", "-0.001382497146"), O),
    ),
    "factor_a_ouderen": years(
        2022, (both("0.000000800848", "0.000000499095"), O), (both("0.000000671404", "0.000000430722"), O),
        (both("0.000000559775", "0.000000363503"), O),
    ),
    "factor_b_ouderen": years(
        2022, (both("-0.003802527235", "-0.004173489348"), O), (both("-0.002850602044", "-0.003611907743"), O),
        (both("-0.002120192534", "-0.003053924481"), O),
    ),
    "afbouw": years(2026, (both("0.27", "0.22"), O)),
    "vergoeding": same(PARTS, O, O, O, O, O),
    # Awir 7 and 14
    "vermogensgrens": years(
        2022,
        *(({"alleen": one, "partners": 2 * one, "bewoner": one}, O) for one in (31747, 33748, 36952, 37395, 38479)),
    ),
    "vrijstelling_kind": years(2022, (5110, O), (5432, O), (5970, O), (6042, O), (6218, O)),
    "vrijstelling_leeftijd": same(23, O, O, O, O, O),
    "minimum_toekenning": same(24, O, O, O, O, O),
    "afronding_toeslag_jaar": same(1, O, O, O, O, O),
    # the three worked examples of 2026 (read in a copy) only come out with rounding down
    "afronding_toeslag_maand": same(1, A, A, O, A, S),
    # Awir 15(1): until 2025 "tot 1 september van het jaar erna", from 2026 "tot en met 31 december"
    "aanvragen_voor": years(
        2022, (date(2023, 9, 1), O), (date(2024, 9, 1), O), (date(2025, 9, 1), O), (date(2027, 1, 1), A),
        (date(2028, 1, 1), O),
    ),
    "aanvragen_zeker_voor": years(2025, (date(2026, 9, 1), O)),
    # Besluit op de huurtoeslag 2a; the amounts of the years before were not found
    "zorg_inkomensgrens": years(2025, (58400, O), (60525, S)),
    "zorg_voordeelgrens": years(2025, (5322, O), (5516, S)),
    "volwassen_leeftijd": years(2022, (18, O)),
    # huurverhoging, by round: Rijksoverheid, UHW 10, BW 7:250, 252, 252a
    "maximum_percentage": years(2022, ("0.023", O), ("0.031", O), ("0.058", O), ("0.05", O), ("0.041", O)),
    # the average of a corporation: Aedes, nieuws.nl, Rijksoverheid
    "huursom_maximum": years(2023, ("0.026", S), ("0.053", S), ("0.045", O)),
    "maximum_percentage_kamer": years(2023, ("0.031", S), ("0.058", S), ("0.05", S), ("0.041", O)),
    "lage_huur_grens": years(2022, (300, O), (300, O), (300, O), (350, S), (350, O)),
    "lage_huur_verhoging": same(25, O, O, S, S, O),
    "iah_maximum": same({"midden": 50, "hoog": 100}, O, O, S, S, O),
    "iah_grens_midden": years(
        2022, (both(47948, 55486), O), (both(48836, 56513), O), (both(52753, 61046), O), (both(57143, 66126), S),
        (both(59504, 68858), O),
    ),
    "iah_grens_hoog": years(
        2022, (both(56527, 75369), O), (both(57573, 76764), O), (both(62191, 82921), O), (both(67366, 89821), S),
        (both(70149, 93531), O),
    ),
    # 12,96 times the minimum wage of 1 January two years before, in whole euros
    "iah_vrijstelling_jongere": years(2022, (21431, A), (21835, O), (22356, S), (25070, S), (26819, A), (28406, A)),
    "onderhuurder_telt_mee": years(2022, (True, X)),
    "maanden_naar_huurcommissie": years(2022, (4, O)),
    "toets_beginhuur": years(2022, (6, O)),
    "label_geldigheid": years(2022, (10, S)),
    # Rijksoverheid, huurliberalisatiegrens 1989-2020; Wonen Zuid 2021; where two years are the same they are one
    "liberalisatiegrens": {
        year: (value, S if year == 2021 else O)
        for year, value in {
            1989: "340.34", 1990: "351.68", 1991: "372.10", 1992: "392.71", 1993: "414.45", 1994: "437.33",
            1995: "457.18", 1996: "475.53", 1997: "492.35", 1999: "502.33", 2000: "521.39", 2001: "541.36",
            2002: "565.44", 2003: "585.24", 2004: "597.54", 2005: "604.72", 2006: "615.01", 2007: "621.78",
            2008: "631.73", 2009: "647.53", 2011: "652.52", 2012: "664.66", 2013: "681.02", 2014: "699.48",
            2015: "710.68", 2019: "720.42", 2020: "737.14", 2021: "752.33",
        }.items()
    },
    "middenhuur_grens": years(2024, ("1157.95", S), ("1184.82", O), ("1228.07", S)),
    "iah_leeftijd": years(2022, (23, O)),
    "afronding_huur": years(2022, ("0.01", X)),
    "aanzegtermijn": years(2022, (2, O)),
    "maanden_tussen_verhogingen": years(2022, (12, O)),
    # the lowering of 2023 and 2024: Volkshuisvesting Nederland, Kamerstuk 36281
    "verlaging_doelhuur": years(2023, ("575.03", O), ("577.91", O)),
    # Woningwet 54a: 60% of Wht 17(1), on the income of six months
    "verlaging_halfjaargrens": years(2023, (both(11625, 15135), O), (both(12420, 16185), O)),
    "verlaging_halfjaargrens_aow": years(2023, (both(12300, 16365), O), (both(13215, 17595), A)),
    "verlaging_periode": years(2023, ("0.5", O)),
    "verlaging_inkomensgrens": years(2023, (both(23250, 30270), O)),
    "verlaging_inkomensgrens_aow": years(2023, (both(24600, 32730), O)),
    "verlaging_leeftijd": years(2023, (27, O)),
    "verlaging_contract_tot_en_met": years(2023, (date(2023, 3, 1), O)),
    "verlaging_naar_huurcommissie_voor": years(2023, (date(2023, 7, 14), O)),  # six weeks after 1 June
    # Jaarschijf 2026 and what the municipality and the landlords published
    "fixteam_woningen": years(2026, ({"wetland-wonen": 125, "woonconcept": 250}, O)),
    "renovatie_na_mutatie_woningen": years(2023, (851, O)),
    "middenhuur_woningen": years(2026, (50, O)),
    "beschermd_thuis_termijn": years(2026, (6, O)),
    "beschermd_thuis_leeftijd": years(2026, (18, O)),
    "oplevering": years(2026, ({"wetland-wonen": 17, "woonconcept": 38}, O)),
    "verduurzaming_woonconcept": years(2026, ({"klaar_dit_jaar": 54, "begonnen_dit_jaar": 131}, O)),
    "wetland_wonen_2024_meeste": years(2024, ("0.052", S)),
    "wetland_wonen_2024_label_1_2_krijgt": years(2024, ("0", S)),
    "woonconcept_2024_gemiddeld": years(2024, ("0.053", S)),
    "maximum_percentage_vrij": years(2022, ("0.033", O), ("0.041", O), ("0.055", O), ("0.041", O), ("0.044", O)),
    "maximum_percentage_midden": years(2025, ("0.077", O), ("0.061", O)),
    "bijdrage_vo_mbo": years(2022, ({"eerste_jaar": 441, "later": 205}, O)),
    "bijdrage_premie_bedrag": years(2023, (92, A)),
    "bijdrage_premie_percentage": years(2023, ("1.3", A)),
    "energietoeslag_bedrag": years(2023, (800, O)),
    "energietoeslag_grens": years(2023, ({"alleen": "1502.53", "paar": "2146.45"}, O)),
    "energietoeslag_percentage": years(2023, ("1.3", O)),
    # the municipality's page of July 2023: 110% and 130%, without holiday pay
    "energietoeslag_grens_aow": years(2023, ({"alleen": "1676.71", "paar": "2276.85"}, A)),
    "bijzondere_bijstand_grens": years(
        2023, (dict(zip(NORM, ("1271.37", "1816.23", "1418.75", "1926.56"), strict=True)), O)
    ),
    "bijzondere_bijstand_hoogste_grens": years(
        2023, (dict(zip(NORM, ("1502.53", "2146.45", "1676.71", "2276.85"), strict=True)), O)
    ),
    # Participatiewet 19a, 31, 34, 35, 36 and 36b, each year as it read then; Stcrt. 2025, 44064
    "energietoeslag_leeftijd": years(2023, (21, O)),
    "studiefinanciering_tot": years(2023, (30, A)),
    "inkomenstoeslag_leeftijd": years(2022, (21, O)),
    "inkomenstoeslag_tussentijd": years(2022, (12, O)),
    "aio_inkomen_zeker": years(2022, ("1.5", A)),
    "bijstand_vermogensgrens": years(
        2022, *(({"alleen": one, "gezin": 2 * one}, O) for one in (6505, 7605, 7575, 7770, 8000))
    ),
    "bijzondere_bijstand_drempel": years(2022, (143, O), (167, O), (166, O), (170, O), (176, O)),
    "alleenverdieners_bedrag": years(2025, (1000, O), (1100, O)),
    "inkomenstoeslag_bedrag": years(2024, ({"alleenstaande": 479, "alleenstaande_ouder": 613, "paar": 682}, O)),
    "inkomenstoeslag_percentage": years(2024, ("1.1", O)),
    "inkomenstoeslag_jaren": years(2024, (3, O)),
    "urgentie_inkomensgrens": years(2023, (both(44038, 48625), S)),
    # Participatiewet 19a and 21; without holiday pay 95% of sixteen published pairs
    "bijstandsnorm_leeftijd": years(2022, (21, O)),
    "bijstandsnorm_zonder_vakantiegeld": years(2022, ("0.95", A)),
    "kostendeler_leeftijd": years(2022, (21, O), (27, O)),
    # Peelrand (dmwonen.nl counts no child either); Jaarschijf 2026 agreements 1, 8, 9 and 10
    "wetland_wonen_2026_besluit_voor": years(2026, (date(2026, 3, 31), O)),
    "woonconcept_2026_besluit_voor": years(2026, (date(2026, 3, 31), O)),
    "verduurzaming_efg": years(
        2026, (KERNEN | {"blokzijl": 1, "giethoorn": 6, "vollenhove": 18, "wanneperveen": 9}, O)
    ),
    "verduurzaming_project": years(2026, (KERNEN | {"eesveen": 4, "vollenhove": 67}, O)),
    "nieuwbouw": years(
        2026,
        (
            {
                "oldemarkt_nultreden": 9, "oldemarkt_grondgebonden": 5, "parade": 3, "canneveltstraat": 9,
                "willemsoord": 6, "kalverstraat": 13, "kornputkwartier_minst": 43, "kornputkwartier_meest": 47,
                "molenberg": 18, "kuinre": 3, "paul_krugerstraat": 38, "gouden_engel": 21, "bergsteijn_senioren": 3,
                "bergsteijn_gezinnen": 8, "betap_crilux": 20, "frans_halsstraat": 30,
            },
            O,
        ),
    ),
    # lokaal.md: the pages of the municipality, beuken-essers.nl, rd.nl
    "energietoeslag_laatste_dag": years(2023, (date(2024, 6, 30), O)),
    "energietoeslag_met_vakantiegeld": years(2023, (False, O)),
    "energietoeslag_normdatum": years(2023, (date(2023, 7, 1), A)),
    "sam_en_bedrag": years(2022, ({"sport": 250, "cultuur": 465, "zwemmen": 575, "basisschool": 50}, A)),
    "sam_en_leeftijd": years(2022, ({"sport": 2, "cultuur": 4, "zwemmen": 4}, A)),
    # AKW 7, 11 and 12, Wet kinderopvang 1.1; blikopnieuws.nl of 2025
    "kinderbijslag_leeftijd": years(2022, ({"middelste": 6, "oudste": 12}, O)),
    "leerplicht_leeftijd": years(2022, (16, O)),
    "kwartaal_maanden": years(2022, (3, O)),
    "kinderopvang_leeftijd": years(2022, (13, A)),
    "kinderopvang_hoogste_inkomen": years(2026, (56412, S)),
    "kinderopvang_hoogste_deel": years(2026, ("0.96", S)),
    "kinderopvang_uurprijs": years(2026, ({"dagopvang": "11.23", "school": "9.98", "gastouder": "8.49"}, S)),
    # Uitvoeringsregeling Invorderingswet 1990, Stcrt. 2022, 23803; the last four are limits of our own
    "kosten_van_bestaan": years(2022, ({"laagste": "0.9", "hoogste": 1}, O)),
    "betalingscapaciteit_deel": years(2022, ("0.8", S)),
    "geld_voor_maanden": years(2022, (1, S)),
    "kwijtschelding_auto": years(2022, (3350, S)),
    "kwijtschelding_ruim_vermogen": years(2022, (10000, A)),
    "kwijtschelding_ruim_inkomen": years(2022, (3, A)),
    "kwijtschelding_ruime_ruimte": years(2022, ({"alleen": 4000, "paar": 6000}, A)),
    # nrc.nl, nhnieuws.nl, nieuws.nl, rd.nl
    "noodfonds_inkomen": years(2023, *3 * (({"laag": "1.3", "hoog": 2}, S),)),
    "noodfonds_maandinkomen": years(
        2023,
        ({"alleen": 2980, "samen": 3794}, S),
        ({"alleen": 3200, "samen": 4480}, S),
        ({"alleen": 3400, "samen": 4740}, S),
    ),
    "noodfonds_energiequote": years(
        2023,
        ({"laag": "0.10", "hoog": "0.13"}, S),
        ({"laag": "0.08", "hoog": "0.10"}, S),
        ({"laag": "0.08", "hoog": "0.10"}, S),
    ),
    # Wzt 2, Wkb 1 and 2 of each year; those of 2023 and 2025 partly fitted to the published limits
    "standaardpremie": years(2022, (1749, S), (1889, A), (1987, S), (2112, A), (2119, S)),
    "normpremie_drempel": years(
        2022, *(({"alleen": one, "partners": two}, mark) for one, two, mark in (
            ("0.01848", "0.04225", O), ("0.00123", "0.02378", A), ("0.01879", "0.04256", O), ("0.01896", "0.04273", A),
            ("0.01912", "0.04289", O),
        )),
    ),
    "normpremie_afbouw": years(2022, ("0.1361", O), ("0.1364", A), ("0.1367", O), ("0.1370", A), ("0.1373", O)),
    "drempelinkomen": years(2022, (22356, S), (25070, A), (26819, S), (28406, A), (29736, S)),
    "zorgtoeslag_met_onverzekerde_partner": years(2022, ("0.5", O)),
    "speling_hele_euro": years(2022, ("0.03", S)),
    "kgb_kind": years(
        2022, *(({"eerste": first, "tweede": second, "volgende": more}, O) for first, second, more in (
            (1220, 1106, 1001), (1653, 1532, 1532), (2436, 2436, 2436), (2511, 2511, 2511), (2580, 2580, 2580),
        )),
    ),
    "kgb_verhoging": years(
        2022, *(({"twaalf": twelve, "zestien": sixteen}, O) for twelve, sixteen in (
            (251, 447), (267, 476), (694, 924), (703, 936), (724, 964),
        )),
    ),
    "kgb_leeftijd": years(2022, ({"twaalf": 12, "zestien": 16}, O)),
    "kgb_alleenstaande": years(2022, (3285, O), (3848, O), (3480, O), (3389, O), (3416, O)),
    "kgb_afbouw": years(2022, ("0.0675", O), ("0.0675", O), ("0.0675", O), ("0.0710", O), ("0.0760", O)),
    "kgb_partner_drempel": years(2022, (17240, O), (18327, O), (9030, O), (9139, O), (9405, O)),
    # Awir 3(5)a until 2024; from 2025 family of the first degree is never a partner
    "familie_partner_leeftijd": years(2022, (27, O)),
}  # fmt: skip

# figures that change on 1 January and 1 July: (first day) -> values; Participatiewet 21 and 22 as they read that day,
# net, single, couple, with AOW. 1.933,98 of a municipality for January 2024 is not in the law
HALF_YEARS = {
    "bijstandsnorm": {
        "2022-01-01": ("1091.71", "1559.58", "1213.06", "1642.54"),
        "2022-07-01": ("1101.82", "1574.03", "1225.67", "1660.36"),
        "2023-01-01": ("1195.66", "1708.08", "1330.67", "1807.20"),
        "2023-07-01": ("1216.62", "1738.02", "1357.66", "1843.60"),
        "2024-01-01": ("1283.83", "1834.04", "1425.76", "1932.32"),
        "2024-07-01": ("1308.45", "1869.21", "1456.85", "1976.64"),
        "2025-01-01": ("1345.45", "1922.07", "1501.07", "2053.48"),
        "2025-07-01": ("1369.06", "1955.80", "1530.21", "2094.98"),
        "2026-01-01": ("1401.50", "2002.13", "1564.69", "2144.16"),
        "2026-07-01": ("1419.46", "2027.79", "1587.34", "2176.10"),
    },
    # AKW art. 12(3), each state; of January 2024 signalenkaartarmoede.nl, for the text of the law was late
    "kinderbijslag_bedrag": {
        "2022-01-01": ("230.69", "280.13", "329.56"),
        "2022-07-01": ("249.31", "302.74", "356.16"),
        "2023-01-01": ("269.76", "327.56", "385.37"),
        "2023-07-01": ("261.70", "317.77", "373.85"),
        "2024-01-01": ("279.49", "339.38", "399.27"),
        "2024-07-01": ("281.69", "342.05", "402.41"),
        "2025-01-01": ("286.45", "347.83", "409.21"),
        "2025-07-01": ("291.49", "353.95", "416.41"),
        "2026-01-01": ("295.07", "358.30", "421.53"),
        "2026-07-01": ("298.40", "362.35", "426.29"),
    },
    # Rijksoverheid 2022 and 2024, Drimmelen 2023, Koggenland 2023, IASZ 2026: at least, at 15, 18, 19, 20 and 21
    "studietoeslag_bedrag": {
        "2022-04-01": ("90", "150", "180", "240", "300"),
        "2023-01-01": ("98.58", "164.30", "197.15", "262.87", "328.59"),
        "2023-07-01": ("100.30", "167.17", "200.60", "267.47", "334.34"),
        "2024-01-01": ("105.84", "176.40", "211.67", "282.23", "352.80"),
        "2026-01-01": ("115.55", "192.57", "231.09", "308.12", "385.14"),
    },
}
CELLS = {
    "bijstandsnorm": NORM,
    "kinderbijslag_bedrag": ("jongste", "middelste", "oudste"),
    "studietoeslag_bedrag": ("jonger", "achttien", "negentien", "twintig", "eenentwintig"),
}

# what the sources warn for and nobody may load, whatever the year: superseded, rejected, or of one other corporation
REJECTED = {
    "36.57": "verlaging van de basishuur in oude teksten", "35.99": "idem 2027", "46.99": "idem 2028",
    "34.67": "wetsvoorstel 2024", "45.30": "wetsvoorstel 2026", "7.58": "idem", "47.57": "2027, nog niet geldig",
    "61742": "raming 2027", "56257": "tikfout bij Thius", "31340": "vermogen van 2021", "62680": "idem",
    "1257.64": "tikfout in de bijstandsnorm", "1933.98": "bij een gemeente, niet in de wet",
    "1157.95": "middenhuur 2024", "1184.82": "idem 2025",
    "1228.07": "idem 2026", "40024": "DAEB van 2021",
}  # fmt: skip
# the figure of one year is wrong in another: these occur in their own window only
OF_ONE_YEAR = {
    "454.47": 2024, "477.20": 2025, "650.43": 2024, "682.96": 2025, "900.07": 2025, "36952": 2024, "37395": 2025,
    "6042": 2025, "57143": 2025, "808.06": 2023, "24075": 2022, "0.058": 2024, "0.05": 2025,
}  # fmt: skip


def cells(figure: Cijfer) -> dict[str | None, Waarde]:
    table = figure.waarde
    return dict(table) if isinstance(table, Mapping) else {None: table}


CASES = [(name, year) for name, rows in EXPECTED.items() for year in rows]


@pytest.mark.parametrize(("name", "year"), CASES, ids=lambda value: str(value))
def test_the_figure_is_that_of_its_source(name: str, year: int) -> None:
    expected, mark = EXPECTED[name][year]
    wanted = expected if isinstance(expected, dict) else {None: expected}
    (figure,) = (item for item in PAKKET.cijfers[name] if item.venster.vanaf.year == year)
    assert cells(figure) == {
        key: value if isinstance(value, bool | date) else Decimal(str(value)) for key, value in wanted.items()
    }
    assert figure.zekerheid == mark


@pytest.mark.parametrize("name", EXPECTED)
def test_a_figure_has_no_other_year_than_its_sources(name: str) -> None:
    assert [figure.venster.vanaf.year for figure in PAKKET.cijfers[name]] == list(EXPECTED[name])


@pytest.mark.parametrize("name", HALF_YEARS)
def test_the_norm_of_each_half_year_is_that_of_its_source(name: str) -> None:
    found = {figure.venster.vanaf.isoformat(): cells(figure) for figure in PAKKET.cijfers[name]}
    assert found == {
        day: dict(zip(CELLS[name], map(Decimal, values), strict=True)) for day, values in HALF_YEARS[name].items()
    }


def test_no_figure_is_without_an_expectation() -> None:
    """A new figure must be typed over from its source here as well."""
    assert set(PAKKET.cijfers) == set(EXPECTED) | set(HALF_YEARS)


def test_no_rejected_or_superseded_amount_is_a_figure() -> None:
    rejected = {Decimal(value): why for value, why in REJECTED.items()}
    own = {Decimal(value): year for value, year in OF_ONE_YEAR.items()}
    for name, series in PAKKET.cijfers.items():
        for figure in series:
            for value in cells(figure).values():
                if isinstance(value, Decimal):
                    # the top of middenhuur is no limit of social rent, and a figure of its own
                    assert abs(value) not in rejected or name == "middenhuur_grens", (name, value)
                    assert own.get(value, figure.venster.vanaf.year) == figure.venster.vanaf.year, (name, value)


def test_an_unconfirmed_figure_says_why_it_is_used() -> None:
    for series in PAKKET.cijfers.values():
        for figure in series:
            if figure.zekerheid in ("onbevestigd", "afgeleid"):
                assert figure.opmerking, figure.naam


# huurtoeslag.md section 6: the lowest basishuur, of one and of more persons, and of the elderly
BASISHUUR = {
    2022: ("237.62", "237.62", "235.80", "233.99"), 2023: ("225.54", "225.54", "223.72", "221.91"),
    2024: ("188.95", "188.95", "187.13", "185.32"), 2025: ("199.05", "197.24"), 2026: ("202.52", "200.71"),
}  # fmt: skip


@pytest.mark.parametrize("year", BASISHUUR)
def test_the_lowest_basishuur_is_the_published_one(year: int) -> None:
    def of(name: str) -> list[Waarde]:
        figures = (item for item in PAKKET.cijfers[name] if item.venster.vanaf.year == year)
        return [value for figure in figures for value in cells(figure).values()]

    (norm,), (adjust,) = of("normhuur_minimum"), of("aanpassing_basishuur")
    lower = of("verlaging_normhuur") + of("verlaging_normhuur_ouderen")
    assert [norm - less + adjust for less in lower] == [Decimal(value) for value in BASISHUUR[year]]


def test_every_source_says_where_and_when() -> None:
    for source in PAKKET.bronnen.values():
        assert source.url.startswith("https://"), source.id
        assert source.titel and source.vindplaats, source.id
        assert source.datum[:2] == "20", source.id


def test_every_rule_and_formula_that_decides_has_a_source() -> None:
    regels = PAKKET
    for besluit in regels.besluiten.values():
        for regel in besluit.regels:
            assert regel.bronnen, (besluit.id, regel.naam)


def test_names_are_spelled_as_their_owners_do() -> None:
    from pathlib import Path

    import regels

    for path in (Path(regels.__file__).parent / "sets").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for wrong in ("Voorzieningswijzer", "Voorzieningenwijzer ", "Thuis Kompas", "Wetlandwonen", "WoonConcept"):
            assert wrong not in text, (path.name, wrong)
