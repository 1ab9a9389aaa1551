# ruff: noqa: E501 (a fault is a line of a table)
"""Rules broken on purpose: each fault is noticed, and by the guard that is named here.

The guards, in the order in which they stand between a slip of the pen and a household:
``laden`` (the loader refuses it) · ``bewijs`` (a household with no answer, two answers or an impossible amount) · ``cijfers``
(a figure is not the one of its source) · ``voorbeeld`` (a worked household comes out otherwise) · ``lezers`` (in a worked
household the readers have no single answer). ``bewijs`` does not know the law, only that rules fit together; that a limit
is on the right side is known by the worked households.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pytest

from regels.bestanden import RegelsetError
from regels.bron import pakketbestanden
from regels.laden import load
from regels.lezers.bewijs import WEERLEGD, Bewijzer
from regels.regelset import Regelset
from regels.toets import LezersVerschil
from tests.hulp import voorbeelden
from tests.hulp.geladen import PAKKET, toets
from tests.regels.test_bronnen import EXPECTED, HALF_YEARS, cells
from tests.regels.test_voorbeelden import exact

LADEN, BEWIJS, CIJFERS, VOORBEELD, LEZERS = "laden", "bewijs", "cijfers", "voorbeeld", "lezers"
TOEWIJZING, TOESLAG = "landelijk/toewijzing.yaml", "landelijk/huurtoeslag.yaml"
VERHOGING, KLASSE = "landelijk/huurverhoging.yaml", "landelijk/betaalbaarheid.yaml"
HUISHOUDEN, CIJFERS_2026 = "landelijk/huishouden.yaml", "landelijk/2026.yaml"
WETLAND = "wetland-wonen/beleid/2026.yaml"
SJABLOON = "landelijk/huurbeleid.yaml"


@dataclass(frozen=True)
class Fout:
    """``oud`` in a file becomes ``nieuw``; ``in_`` is the decision (or claim) that must notice it, by these guards."""

    wat: str
    bestand: str
    oud: str
    nieuw: str
    in_: str
    wachter: str
    jaar: int = 2026


FOUTEN = [
    # a gap
    Fout("a rent on the limit is neither fitting nor too high", TOEWIJZING, "doelgroep en kale_huur <= passende_huurgrens",
         "doelgroep en kale_huur < passende_huurgrens", "passende-huur", BEWIJS),
    Fout("the same gap, in a worked household", TOEWIJZING, "doelgroep en kale_huur <= passende_huurgrens",
         "doelgroep en kale_huur < passende_huurgrens", "passende-huur", LEZERS),
    Fout("a rent on the DAEB limit has no class", KLASSE, "kale_huur <= daeb_huurgrens\n", "kale_huur < daeb_huurgrens\n",
         "huurklasse", BEWIJS),
    Fout("an allowance of exactly the minimum has no rule", TOESLAG, "        als: gewone_huurtoeslag\n",
         "        als: gewone_huurtoeslag en toeslag_jaar_afgerond > minimum_toekenning\n", "huurtoeslag", BEWIJS),
    Fout("a high income of exactly the percentage has no rule (100 is 5% of 2000)", VERHOGING,
         "inkomenscategorie = hoog en iah_mogelijk en iah_verhoging >= reguliere_verhoging",
         "inkomenscategorie = hoog en iah_mogelijk en iah_verhoging > reguliere_verhoging", "huurverhoging-wettelijk", BEWIJS, 2025),
    Fout("a rule of an exception begins a month late", TOESLAG, "dan: voorleggen\n        geldig: {vanaf: 2022-01-01,",
         "dan: voorleggen\n        geldig: {vanaf: 2022-02-01,", "huurtoeslag", BEWIJS, 2022),
    Fout("a landlord is forgotten", "steenwijkerland/toewijzing.yaml", "verhuurder in corporaties\n        dan",
         "verhuurder in (wetland-wonen, woonconcept)\n        dan", "vrije-toewijzingsruimte", BEWIJS),
    Fout("no category is forgotten", VERHOGING, "huurverhogingsbeding of inkomenscategorie in (laag, geen)",
         "huurverhogingsbeding of inkomenscategorie in (laag)", "inkomensafhankelijke-huurverhoging", BEWIJS),
    # an overlap
    Fout("two classes on one limit", KLASSE, "kale_huur > kwaliteitskortingsgrens en", "kale_huur >= kwaliteitskortingsgrens en",
         "huurklasse", BEWIJS),
    Fout("the exception of older people is also a refusal", TOEWIJZING, " en niet ouderen_met_vermogen", "", "passende-huur", BEWIJS),
    Fout("the minimum is both too low and enough", TOESLAG, "        als: geen_recht_huurtoeslag\n        dan: nee",
         "        als: geen_recht_huurtoeslag of toeslag_jaar_afgerond <= minimum_toekenning\n        dan: nee", "huurtoeslag", BEWIJS),
    Fout("a minor without a right has two answers", TOESLAG, "als: voldoet_verder en huurder_minderjarig",
         "als: huurder_minderjarig", "huurtoeslag", BEWIJS),
    Fout("a low rent also has the percentage", VERHOGING, "past_onder_maximum en niet lage_huur en iah", "past_onder_maximum en iah",
         "huurverhoging-wettelijk", BEWIJS),
    Fout("a letter of the last day is in time and too late", VERHOGING, "als: aangezegd_op < voorstel_uiterlijk",
         "als: aangezegd_op <= voorstel_uiterlijk", "huurverhoging-aanzegging", BEWIJS),
    Fout("above the limit of one person, within that of more", TOEWIJZING, "en niet binnen_daeb_grens en niet misschien_binnen_daeb_grens",
         "en inkomen_toewijzing > daeb_grens[eenpersoons]", "daeb-doelgroep", BEWIJS),
    # a limit on the wrong side, where the rules still fit together
    Fout("the DAEB limit itself is out", TOEWIJZING, "toetsinkomen <= daeb_grens", "toetsinkomen < daeb_grens",
         "daeb-doelgroep", VOORBEELD),
    Fout("the limit of passend toewijzen itself is out", TOEWIJZING, "toetsinkomen <= passend_grens",
         "toetsinkomen < passend_grens", "primaire-doelgroep", VOORBEELD),
    Fout("a rent of 350 counts as low", VERHOGING, "huur_voor_ronde < lage_huur_grens", "huur_voor_ronde <= lage_huur_grens",
         "huurverhoging-wettelijk", VOORBEELD),
    Fout("assets on the limit are too much", TOESLAG, "anders vermogen_ten_minste > vermogensgrens[alleen]",
         "anders vermogen_ten_minste >= vermogensgrens[alleen]", "huurtoeslag", VOORBEELD),
    Fout("twelve months ago is too short", VERHOGING, "rondedatum) < maanden_tussen_verhogingen",
         "rondedatum) <= maanden_tussen_verhogingen", "huurverhoging-wettelijk", VOORBEELD),
    Fout("two persons have the high rent limit", HUISHOUDEN, "als aantal_personen <= 2 dan laag", "als aantal_personen < 2 dan laag",
         "passende-huur", VOORBEELD),
    Fout("a spared label is an ordinary one", WETLAND, "{is: [E, F, G], krijgt: ontzien}", "{is: [E, F, G], krijgt: gewoon}",
         "zo'n uitkomst heeft dit beleid niet", LADEN),
    # swapped
    Fout("low and high aftoppingsgrens swapped", CIJFERS_2026, "{laag: 713.02, hoog: 764.14}", "{laag: 764.14, hoog: 713.02}",
         "huurgrenzen-op-volgorde", BEWIJS),
    Fout("DAEB limits of one and more persons swapped", CIJFERS_2026, "{eenpersoons: 51537, meerpersoons: 56910}",
         "{eenpersoons: 56910, meerpersoons: 51537}", "grens-hoger-voor-meer-personen", BEWIJS),
    Fout("amounts of midden and hoog swapped", CIJFERS_2026, "{midden: 50, hoog: 100}", "{midden: 100, hoog: 50}",
         "hogere-categorie-nooit-lager", BEWIJS),
    Fout("the limit of older people for the young", HUISHOUDEN,
         "als aow_huishouden dan passend_inkomensgrens_aow[huishoudtype] anders passend_inkomensgrens[huishoudtype]",
         "als aow_huishouden dan passend_inkomensgrens[huishoudtype] anders passend_inkomensgrens_aow[huishoudtype]",
         "primaire-doelgroep", VOORBEELD),
    Fout("the outcome swapped", TOEWIJZING, "niet misschien_binnen_daeb_grens\n        dan: nee", "niet misschien_binnen_daeb_grens\n        dan: ja",
         "daeb-doelgroep", VOORBEELD),
    Fout("the normhuur of low and high incomes swapped", TOESLAG, "dan laagste_normhuur anders hogere_normhuur",
         "dan hogere_normhuur anders laagste_normhuur", "normhuur-stijgt-met-inkomen", BEWIJS, 2025),
    # an amount
    Fout("the allowance rounded up", TOESLAG, "naar_beneden(per_maand", "naar_boven(per_maand", "maandbedrag-niet-boven-jaarbedrag", BEWIJS),
    Fout("the new rent rounded up", VERHOGING, "anders naar_beneden(huur_voor_ronde", "anders naar_boven(huur_voor_ronde",
         "verhoging-niet-boven-percentage-of-bedrag", BEWIJS),
    Fout("above the WWS maximum", VERHOGING, "huur_voor_ronde + iah_verhoging) anders wws_maximum",
         "huur_voor_ronde + iah_verhoging) anders huur_voor_ronde + wettelijke_verhoging", "nieuwe-huur-niet-boven-het-hoogste", BEWIJS),
    Fout("a rent above the WWS maximum falls by itself", VERHOGING, " of te_kort_geleden of huur_voor_ronde >= wws_maximum",
         " of te_kort_geleden", "nieuwe-huur-niet-onder-de-oude", BEWIJS),
    Fout("a low income raises the allowance", TOESLAG, "max(0, rekeninkomen - inkomensijkpunt[huishoudtype_huurtoeslag])",
         "(rekeninkomen - inkomensijkpunt[huishoudtype_huurtoeslag])", "toeslag-niet-boven-de-rekenhuur", BEWIJS),
    Fout("a child with a small income lowers that of the household", HUISHOUDEN, "max(inkomen_opgave - vrijstelling_kind, 0)",
         "inkomen_opgave - vrijstelling_kind", "kind-verlaagt-het-inkomen-niet", BEWIJS),
    Fout("the shown rent is not the computed one", VERHOGING, "maximaleHuur: {label: Hoogste nieuwe huur, waarde: wws_maximum}",
         "maximaleHuur: {label: Hoogste nieuwe huur, waarde: gewone_nieuwe_huur}", "getoonde-huur-is-de-berekende", BEWIJS),
    Fout("the percentage twice", VERHOGING, "anders huur_voor_ronde * percentage", "anders huur_voor_ronde * percentage * 2",
         "huurverhoging-wettelijk", VOORBEELD),
    Fout("65% where it is 40%", TOESLAG, "max(0, rekenhuur - aftoppingsgrens[huurgrens_huurtoeslag]) * vergoeding[daarboven]",
         "max(0, rekenhuur - aftoppingsgrens[huurgrens_huurtoeslag]) * vergoeding[tot_aftoppingsgrens]", "huurtoeslag", VOORBEELD),
    # a figure
    Fout("two digits swapped in the DAEB limit", CIJFERS_2026, "51537", "51573", "daeb_grens", CIJFERS),
    Fout("two digits swapped in a limit of the increase", CIJFERS_2026, "70149", "70194", "iah_grens_hoog", CIJFERS),
    Fout("the percentage of another round", CIJFERS_2026, "waarde: 4.1\n", "waarde: 5.0\n", "maximum_percentage", CIJFERS),
    Fout("a factor of the quadratic formula", "landelijk/2025.yaml", "0.000000438698", "0.000000438689", "factor_a", CIJFERS, 2025),
    # what the loader refuses
    Fout("a figure that begins a month late", CIJFERS_2026, "geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}",
         "geldig: {vanaf: 2026-02-01, tot_en_met: 2026-12-31}", "geldt niet van 2026-01-01", LADEN),
    Fout("a year that does not end", "landelijk/2025.yaml", "tot_en_met: 2025-12-31", "tot_en_met: 2026-01-31", "overlapt", LADEN),
    Fout("policy that was not decided computes", SJABLOON, "dan: besluit_ontbreekt", "dan: ja", "niet is vastgesteld", LADEN),
    Fout("a rent compared with an income", TOEWIJZING, "hoogste_toetsinkomen <= passend_grens of\n", "kale_huur <= passend_grens of\n",
         "eenheden lopen door elkaar", LADEN),
    Fout("a name misspelt", TOEWIJZING, "inkomen en binnen_daeb_grens", "inkomen en binnen_deab_grens", "geen bekende naam", LADEN),
    Fout("the norm for who already rents", TOEWIJZING, "formule: soort = woningzoekende en verhuurder != particulier",
         "formule: verhuurder != particulier", "passende-huur", LEZERS),
    Fout("the norm for a private landlord", TOEWIJZING, "formule: soort = woningzoekende en verhuurder != particulier en",
         "formule: soort = woningzoekende en", "passende-huur", BEWIJS),
    Fout("a group that counts only with a low income", TOEWIJZING, "als: groep_buiten_het_inkomen\n",
         "als: groep_buiten_het_inkomen en binnen_daeb_grens\n", "daeb-doelgroep", BEWIJS),
    Fout("an adult child is left out", HUISHOUDEN, "of niet onderhouden)", "of onderhouden)",
         "daeb-doelgroep", VOORBEELD),
    Fout("a rule for nobody", TOEWIJZING, "doelgroep en kale_huur <= passende_huurgrens",
         "doelgroep en kale_huur <= passende_huurgrens en kale_huur > daeb_huurgrens", "passende-huur", BEWIJS),
]  # fmt: skip


@pytest.mark.parametrize("fout", FOUTEN, ids=lambda fout: f"{fout.wachter}: {fout.wat}")
def test_a_seeded_fault_is_noticed_by_its_guard(fout: Fout) -> None:
    files = pakketbestanden()
    text = files[fout.bestand].decode()
    assert fout.oud in text, "de tekst die stuk gemaakt wordt, staat er niet meer"
    try:
        regels = load((files | {fout.bestand: text.replace(fout.oud, fout.nieuw, 1).encode()}).items())
    except RegelsetError as error:
        assert fout.wachter == LADEN, error.faults
        assert any(fout.in_ in fault for fault in error.faults), error.faults
        return
    assert WACHTERS[fout.wachter](regels, fout)


def test_nothing_is_noticed_where_nothing_is_wrong() -> None:
    regels = PAKKET
    for fout in (FOUTEN[0], FOUTEN[22], FOUTEN[37]):
        # what is no decision and no claim cannot be proven
        guards = [guard for name, guard in WACHTERS.items() if name != BEWIJS or fout.wachter == BEWIJS]
        assert not any(guard(regels, fout) for guard in guards)


def test_each_guard_has_faults_of_its_own() -> None:
    assert len(FOUTEN) >= 30
    assert {fout.wachter for fout in FOUTEN} == {LADEN, BEWIJS, CIJFERS, VOORBEELD, LEZERS}


def _refuted(regels: Regelset, fout: Fout) -> bool:
    prover = Bewijzer(regels, date(fout.jaar, 1, 1), date(fout.jaar, 12, 31))
    found = prover.besluit(regels.besluiten[fout.in_]) if fout.in_ in regels.besluiten else prover.stelling(fout.in_)
    assert found
    return any(one.uitslag == WEERLEGD and one.huishouden for one in found)


def _wrong_figure(regels: Regelset, fout: Fout) -> bool:
    """Whether a figure is not the one that was typed over from its source."""
    for name, rows in EXPECTED.items():
        for year, (expected, _) in rows.items():
            wanted = expected if isinstance(expected, dict) else {None: expected}
            figures = [item for item in regels.cijfers[name] if item.venster.vanaf.year == year]
            if [{key: exact(value) for key, value in cells(item).items()} for item in figures] != [
                {key: exact(_number(value)) for key, value in wanted.items()}
            ]:
                return True
    return any(len(regels.cijfers[name]) != len(days) for name, days in HALF_YEARS.items())


def _number(value: object) -> object:
    """The table has numbers as text."""
    return float(value) if isinstance(value, str) and value.replace(".", "").replace("-", "").isdigit() else value


def _worked(regels: Regelset, fout: Fout) -> set[str]:
    """What the worked households notice of this decision."""
    found = set()
    for case in voorbeelden():
        expected = case.verwacht.get(fout.in_)
        if expected is None:
            continue
        try:
            answer = toets(regels.vraag(case.vraag), regels, {fout.in_}).conclusie(fout.in_)
        except LezersVerschil:
            found.add(LEZERS)
            continue
        values = {name: exact(answer.waarden.get(name)) for name in expected.get("waarden", {})}
        if answer.uitkomst != expected["uitkomst"] or values != {
            name: exact(value) for name, value in expected.get("waarden", {}).items()
        }:
            found.add(VOORBEELD)
    return found


# each guard that looks at a rule set that loads: whether it notices the fault
WACHTERS: Final[Mapping[str, Callable[[Regelset, Fout], bool]]] = {
    BEWIJS: _refuted,
    CIJFERS: _wrong_figure,
    VOORBEELD: lambda regels, fout: VOORBEELD in _worked(regels, fout),
    LEZERS: lambda regels, fout: LEZERS in _worked(regels, fout),
}
