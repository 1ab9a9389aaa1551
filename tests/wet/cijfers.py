"""The figures of the law, typed over from their sources; the tests never read those of the product.

Wet op de huurtoeslag (Wht) 13, 14, 17, 20, 21, Besluit op de huurtoeslag, Awir 7, Besluit toegelaten instellingen
volkshuisvesting (BTIV) 16, Wet op de zorgtoeslag, Uitvoeringswet huurprijzen woonruimte (UHW) 10, Woningwet 54a.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

D = Decimal


@dataclass(frozen=True)
class Jaar:
    """The figures of a calendar year. Pairs are: one person, more persons."""

    daeb: tuple[int, int]  # BTIV 16(1)
    index: tuple[Decimal, Decimal]  # income of a year ago, of two years ago
    norminkomen: tuple[int, int]  # Wht 14(1)a and b
    norminkomen_ouderen: tuple[int, int]  # Wht 14(1)c and d with 14(2), up to 25 euro
    vermogen_54a: tuple[int, int]  # BTIV 54a with the Wet op de zorgtoeslag: single, partners
    maximum: Decimal  # Wht 13(1)a
    kwaliteitskorting: Decimal  # Wht 20(1), the amount of 13(1)b too
    aftopping: tuple[Decimal, Decimal]  # Wht 20(2): one or two persons, three or more
    jong: int  # Wht 13(1): the age from which the higher rent counts
    normhuur: Decimal  # Wht 17(2)
    verlaging: tuple[Decimal, Decimal]  # Wht 17(3)
    verlaging_ouderen: tuple[Decimal, Decimal]
    aanpassing: Decimal  # the amount that article 16 has become by decree
    ijkpunt: tuple[int, int]  # Wht 17(1)
    ijkpunt_ouderen: tuple[int, int]
    factoren: tuple[tuple[Decimal, Decimal], ...]  # Wht 19(2): a and b; one, more, one elderly, more elderly
    vermogen: tuple[int, int]  # Awir 7(3) and (4): alone, partners
    kind_vrij: int  # Awir 7(6)
    iah: tuple[tuple[int, int], tuple[int, int]]  # UHW 10(2)a: (middle, high) for one and for more persons
    jonger_23: Decimal  # BW 7:252a(2)b: 12,96 x the monthly minimum wage of 1 January two years before


NUL = D(0)
CIJFERS: Final = {
    2022: Jaar(
        daeb=(40765, 45014), index=(D("1.0185"), D("1.0438")),
        norminkomen=(24075, 32675), norminkomen_ouderen=(23975, 32550), vermogen_54a=(120020, 151767),
        maximum=D("763.47"), kwaliteitskorting=D("442.46"), aftopping=(D("633.25"), D("678.66")), jong=23,
        normhuur=D("220.68"), verlaging=(NUL, NUL), verlaging_ouderen=(D("1.82"), D("3.63")), aanpassing=D("16.94"),
        ijkpunt=(17350, 22500), ijkpunt_ouderen=(19075, 25450),
        factoren=((D("0.000000596879"), D("0.002363459319")), (D("0.000000342858"), D("0.002093692299")),
                  (D("0.000000800848"), D("-0.003802527235")), (D("0.000000499095"), D("-0.004173489348"))),
        vermogen=(31747, 63494), kind_vrij=5110, iah=((47948, 56527), (55486, 75369)), jonger_23=D("21430.656"),
    ),
    2023: Jaar(
        daeb=(44035, 48625), index=(D("1.0802"), D("1.1002")),
        norminkomen=(25475, 34575), norminkomen_ouderen=(25075, 33800), vermogen_54a=(127582, 161329),
        maximum=D("808.06"), kwaliteitskorting=D("452.20"), aftopping=(D("647.19"), D("693.60")), jong=23,
        normhuur=D("225.54"), verlaging=(NUL, NUL), verlaging_ouderen=(D("1.82"), D("3.63")), aanpassing=NUL,
        ijkpunt=(19375, 25225), ijkpunt_ouderen=(20500, 27275),
        factoren=((D("0.000000474433"), D("0.002448638402")), (D("0.000000279402"), D("0.001893212113")),
                  (D("0.000000671404"), D("-0.002850602044")), (D("0.000000430722"), D("-0.003611907743"))),
        vermogen=(33748, 67496), kind_vrij=5432, iah=((48836, 57573), (56513, 76764)), jonger_23=D("21835.008"),
    ),
    2024: Jaar(
        daeb=(47699, 52671), index=(D("1.0832"), D("1.1701")),
        norminkomen=(27725, 37625), norminkomen_ouderen=(27225, 36675), vermogen_54a=(140213, 177301),
        maximum=D("879.66"), kwaliteitskorting=D("454.47"), aftopping=(D("650.43"), D("697.07")), jong=23,
        normhuur=D("226.67"), verlaging=(NUL, NUL), verlaging_ouderen=(D("1.82"), D("3.63")), aanpassing=D("-37.72"),
        ijkpunt=(20700, 26975), ijkpunt_ouderen=(22025, 29325),
        factoren=((D("0.000000413370"), D("0.002393492603")), (D("0.000000244490"), D("0.001807837711")),
                  (D("0.000000559775"), D("-0.002120192534")), (D("0.000000363503"), D("-0.003053924481"))),
        vermogen=(36952, 73904), kind_vrij=5970, iah=((52753, 62191), (61046, 82921)), jonger_23=D("22356"),
    ),
    2025: Jaar(
        daeb=(49669, 54847), index=(D("1.0413"), D("1.1279")),
        norminkomen=(28375, 38500), norminkomen_ouderen=(27775, 37350), vermogen_54a=(141896, 179429),
        maximum=D("900.07"), kwaliteitskorting=D("477.20"), aftopping=(D("682.96"), D("731.93")), jong=23,
        normhuur=D("238.01"), verlaging=(D("1.82"), D("3.63")), verlaging_ouderen=(D("1.82"), D("3.63")),
        aanpassing=D("-37.14"), ijkpunt=(22700, 30450), ijkpunt_ouderen=(22700, 30450),
        factoren=((D("0.000000438698"), D("0.000446392665")), (D("0.000000298184"), D("-0.001382497146"))) * 2,
        vermogen=(37395, 74790), kind_vrij=6042, iah=((57143, 67366), (66126, 89821)), jonger_23=D("25069.824"),
    ),
    2026: Jaar(
        daeb=(51537, 56910), index=(D("1.0376"), D("1.0805")),
        norminkomen=(29400, 39925), norminkomen_ouderen=(28775, 38650), vermogen_54a=(146011, 184633),
        maximum=D("932.93"), kwaliteitskorting=D("498.20"), aftopping=(D("713.02"), D("764.14")), jong=21,
        normhuur=D("252.49"), verlaging=(D("1.82"), D("3.63")), verlaging_ouderen=(D("1.82"), D("3.63")),
        aanpassing=D("-48.15"), ijkpunt=(23425, 31500), ijkpunt_ouderen=(23425, 31500), factoren=(),
        vermogen=(38479, 76958), kind_vrij=6218, iah=((59504, 70149), (68858, 93531)), jonger_23=D("26819.424"),
    ),
}  # fmt: skip

AFBOUW_2026: Final = (D("0.27"), D("0.22"))  # Wht 21(2)
LAAG_B, LAAG_C = D("0.65"), D("0.40")  # Besluit op de huurtoeslag
MINIMUM_PER_JAAR = 24  # Awir 14(4)

# AOW 7a(1): in which calendar year which age holds, in months
AOW_MAANDEN: Final = {
    **dict.fromkeys((2019, 2020, 2021), 796),
    2022: 799,
    2023: 802,
    **dict.fromkeys(range(2024, 2028), 804),
}
AOW_VOOR_2019 = 792  # 66 years in 2018 and less before: whoever has it by then keeps it

# the yearly increase: from 1 July of the year until 1 July of the next (UHW 10(2) and its ministerial regulation)
PERCENTAGE: Final = {2022: D("2.3"), 2023: D("3.1"), 2024: D("5.8"), 2025: D("5.0"), 2026: D("4.1")}
LAGE_HUUR: Final = {2022: 300, 2023: 300, 2024: 300, 2025: 350, 2026: 350}
LAGE_HUUR_VERHOGING = D(25)
IAH_BEDRAG: Final = {"midden": D(50), "hoog": D(100)}

# until when which rent at the start was the limit (liberalisatiegrens); from 2022 the amount of Wht 13(1)a
LIBERALISATIE: Final = tuple(
    (date.fromisoformat(day), D(amount))
    for day, amount in (
        ("1989-07-01", "340.34"), ("1990-07-01", "351.68"), ("1991-07-01", "372.10"), ("1992-07-01", "392.71"),
        ("1993-07-01", "414.45"), ("1994-07-01", "437.33"), ("1995-07-01", "457.18"), ("1996-07-01", "475.53"),
        ("1997-07-01", "492.35"), ("1999-07-01", "502.33"), ("2000-07-01", "521.39"), ("2001-07-01", "541.36"),
        ("2002-07-01", "565.44"), ("2003-07-01", "585.24"), ("2004-07-01", "597.54"), ("2005-07-01", "604.72"),
        ("2006-07-01", "615.01"), ("2007-07-01", "621.78"), ("2008-07-01", "631.73"), ("2009-07-01", "647.53"),
        ("2011-01-01", "652.52"), ("2012-01-01", "664.66"), ("2013-01-01", "681.02"), ("2014-01-01", "699.48"),
        ("2015-01-01", "710.68"), ("2019-01-01", "720.42"), ("2020-01-01", "737.14"), ("2021-01-01", "752.33"),
        ("2022-01-01", "763.47"), ("2023-01-01", "808.06"), ("2024-01-01", "879.66"), ("2025-01-01", "900.07"),
        ("2026-01-01", "932.93"),
    )
)  # fmt: skip
# the top of middenhuur, for contracts from 1 July 2024
MIDDENHUUR: Final = {2024: D("1157.95"), 2025: D("1184.82"), 2026: D("1228.07")}

# Woningwet 54a: the income of 2021 (one, more; with AOW), and of six months by the year of the request
VERLAGING_2021: Final = ((23250, 30270), (24600, 32730))
VERLAGING_HALFJAAR: Final = {2023: ((11625, 15135), (12300, 16365)), 2024: ((12420, 16185), (13215, 17595))}
VERLAGING_TOT: Final = {2023: D("575.03"), 2024: D("577.91")}
