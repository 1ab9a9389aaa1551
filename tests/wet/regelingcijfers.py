"""The figures of the schemes, typed over from their sources; the tests never read those of the product.

Wet op de zorgtoeslag (Wzt) 1, 2 and 3 (2a until 2023), Wet op het kindgebonden budget (Wkb) 1 and 2: the states of each
year. What no state of the law was found for is fitted to the limits that Dienst Toeslagen published (2023) or derived.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

D = Decimal


@dataclass(frozen=True)
class Toeslagjaar:
    """The figures of a calendar year. Pairs are: without a partner, with one."""

    standaardpremie: int  # Wzt 4
    norm: tuple[Decimal, Decimal]  # Wzt 2(3): the percentage of the drempelinkomen
    afbouw_zorg: Decimal  # Wzt 2(3): the percentage of the rest
    drempel: int  # Wzt 1(1)f, Wkb 1(1)d: 108% of twelve times the minimum wage of January
    vermogen: tuple[int, int]  # Wzt 3(1), Wkb 1(4): "more than"
    kinderen: tuple[int, int, int]  # Wkb 2(2): the first child, the second, each further one
    vanaf_12: int  # Wkb 2(4)
    vanaf_16: int  # Wkb 2(5)
    alleen: int  # Wkb 2(6)
    afbouw_kind: Decimal  # Wkb 2(7) and (8)
    drempel_partner: int  # Wkb 2(8): what is added to the drempelinkomen


TOESLAGEN: Final = {
    2022: Toeslagjaar(1749, (D("1.848"), D("4.225")), D("13.610"), 22356, (120020, 151767),
                      (1220, 1106, 1001), 251, 447, 3285, D("6.75"), 17240),
    2023: Toeslagjaar(1889, (D("0.123"), D("2.378")), D("13.640"), 25070, (127582, 161329),
                      (1653, 1532, 1532), 267, 476, 3848, D("6.75"), 18327),
    2024: Toeslagjaar(1987, (D("1.879"), D("4.256")), D("13.670"), 26819, (140213, 177301),
                      (2436, 2436, 2436), 694, 924, 3480, D("6.75"), 9030),
    2025: Toeslagjaar(2112, (D("1.896"), D("4.273")), D("13.700"), 28406, (141896, 179429),
                      (2511, 2511, 2511), 703, 936, 3389, D("7.10"), 9139),
    2026: Toeslagjaar(2119, (D("1.912"), D("4.289")), D("13.730"), 29736, (146011, 184633),
                      (2580, 2580, 2580), 724, 964, 3416, D("7.60"), 9405),
}  # fmt: skip
# Awir 3(5)a: until 2024 a parent and a child who were both this old on 1 January could be partners, since 2025 never
PARTNER_IN_RECHTE_LIJN: Final = 27
TOT_EN_MET_PARTNER_IN_RECHTE_LIJN: Final = 2024

# Participatiewet (Pw) 21 and 22 by half year, with holiday pay: single, couple, single with AOW, couple with AOW for
# one or both. Read in the states of 2022-01, 2022-07, 2024-01, 2025-01, 2025-07, 2026-01 and 2026-07; of the other half
# years the amounts that municipalities printed.
NORMEN: Final = {
    (2022, 1): (D("1091.71"), D("1559.58"), D("1213.06"), D("1642.54")),
    (2022, 2): (D("1101.82"), D("1574.03"), D("1225.67"), D("1660.36")),
    (2023, 1): (D("1195.66"), D("1708.08"), D("1330.67"), D("1807.20")),
    (2023, 2): (D("1216.62"), D("1738.02"), D("1357.66"), D("1843.60")),
    (2024, 1): (D("1283.83"), D("1834.04"), D("1425.76"), D("1932.32")),
    (2024, 2): (D("1308.45"), D("1869.21"), D("1456.85"), D("1976.64")),
    (2025, 1): (D("1345.45"), D("1922.07"), D("1501.07"), D("2053.48")),
    (2025, 2): (D("1369.06"), D("1955.80"), D("1530.21"), D("2094.98")),
    (2026, 1): (D("1401.50"), D("2002.13"), D("1564.69"), D("2144.16")),
    (2026, 2): (D("1419.46"), D("2027.79"), D("1587.34"), D("2176.10")),
}
# without holiday pay: by the pairs of 2022 to 2024 that municipalities printed
ZONDER_VAKANTIEGELD: Final = D("0.95")
# Pw 19a(1): from which age a resident shares the costs
KOSTENDELER: Final = {2022: 21, **dict.fromkeys(range(2023, 2027), 27)}
KOSTENDELER_VAST, KOSTENDELER_DEEL = D("0.4"), D("0.3")  # Pw 22a(1): (40% + A x 30%) / A x B
# Pw 34(3): single; single parent and couple. Read in the states of 2022, 2025 and 2026; of 2023 and 2024 as printed
VERMOGEN_PW: Final = {2022: (6505, 13010), 2023: (7605, 15210), 2024: (7575, 15150), 2025: (7770, 15540),
                      2026: (8000, 16000)}  # fmt: skip
# Pw 36b with its decree, by month: 21 and older, 20, 19, 18; of 2022 and from July 2023 all ages are known
STUDIETOESLAG: Final = (
    (2022 * 12 + 4, (D(300), D(240), D(180), D(150))),
    (2023 * 12 + 7, (D("334.34"), D("267.47"), D("200.60"), D("167.17"))),
)
# AKW 12(3), a quarter: under 6, 6 to 11, 12 to 17 on the first day of it
KINDERBIJSLAG: Final = {
    (2026, 1): (D("295.07"), D("358.30"), D("421.53")),
    (2026, 2): (D("298.40"), D("362.35"), D("426.29")),
}
