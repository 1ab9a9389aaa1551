"""What one answer may not say: pairs of conclusions of which one makes the other false, as the tenant reads them.

Each check gets the conclusions by their id and the household, and tells what is wrong.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET

Answer = Mapping[str, Conclusie]
Check = Callable[[Answer, Mapping[str, Any]], Iterator[str]]
# a norm for who gets a new contract of a corporation
CORPORATIES = ("wetland-wonen", "woonconcept", "andere-corporatie")


def _is(answer: Answer, id: str, *outcomes: str) -> bool:
    return answer[id].uitkomst in outcomes


def _rule(answer: Answer, id: str) -> str:
    return answer[id].redenen[0].regel if answer[id].redenen else ""


def _value(answer: Answer, id: str, name: str) -> Decimal | None:
    found = answer[id].waarden.get(name)
    return found if isinstance(found, Decimal) else None


# the rent increase


def no_increase_and_an_amount_by_income(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Where the rent may not rise, nobody reads how much it may rise by income; where it may, never more than that."""
    if _is(answer, "inkomensafhankelijke-huurverhoging", "ja"):
        if _is(answer, "huurverhoging-wettelijk", "nee", "niet_van_toepassing"):
            yield "de huur mag niet omhoog, en door het inkomen wel"
        most = _value(answer, "huurverhoging-wettelijk", "maximaleVerhoging")
        by_income = _value(answer, "inkomensafhankelijke-huurverhoging", "maximum")
        both = _is(answer, "huurverhoging-wettelijk", "ja") and most is not None and by_income is not None
        if both and by_income > most:
            yield f"door het inkomen {by_income}, en in totaal hoogstens {most}"


def no_ground_and_a_ground_by_income(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Who may have a ground by income never reads that there is no reason at all."""
    if _is(answer, "bezwaar-huurverhoging", "nee"):
        text = PAKKET.teksten.huurder(answer["bezwaar-huurverhoging"])
        if re.search(r"is er geen (?:enkele )?reden voor bezwaar", text) or not re.search(r"[Uu]w inkomen", text):
            yield f"er is geen reden voor bezwaar: {text}"
        if _is(answer, "huurverhoging-aanzegging", "nee"):
            yield "de brief was te laat, en dat is geen reden voor bezwaar"


def a_ground_by_income_without_an_increase_by_income(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Objection by income is about an increase by income."""
    if _is(answer, "bezwaar-inkomen-vorig-jaar", "ja") and not _is(answer, "inkomensafhankelijke-huurverhoging", "ja"):
        yield f"bezwaar door het inkomen: ja, en de verhoging: {answer['inkomensafhankelijke-huurverhoging'].uitkomst}"


def an_objection_where_no_increase_exists(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Who has no yearly increase has no letter about it, and nothing to object to or to undo."""
    if _is(answer, "huurverhoging-wettelijk", "niet_van_toepassing"):
        for id in ("bezwaar-huurverhoging", "bezwaar-inkomen-vorig-jaar", "huurverlaging-na-inkomensdaling"):
            if _is(answer, id, "ja", "nee"):
                yield f"er is geen jaarlijkse verhoging, en {id}: {answer[id].uitkomst}"
    later = _rule(answer, "huurverhoging-wettelijk") == "contract-begon-later"
    if later and _is(answer, "bezwaar-inkomen-vorig-jaar", "ja"):
        yield "het contract begon later, en bezwaar-inkomen-vorig-jaar: ja"


def a_seeker_with_an_increase(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Who has no home yet gets nothing of the yearly increase."""
    if household.get("soort") == "woningzoekende":
        for id, c in answer.items():
            if c.onderwerp == "huurverhoging" and c.uitkomst in ("ja", "nee", "voorleggen", "besluit_ontbreekt"):
                yield f"een woningzoekende leest {id}: {c.uitkomst}"


def a_label_that_spares_and_an_increase_that_does_not(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """A landlord who spares a home for its label did not raise its rent with those of the others."""
    ordinary = _rule(answer, "huurverhoging-beleid").partition(".")[0] in (
        "meeste-huurders",
        "percentage",
        "laag-bedrag",
    )
    if _is(answer, "efg-ontzien", "ja") and ordinary:
        yield "de woning wordt ontzien, en de huur ging met die van de anderen omhoog"


def a_term_that_is_over(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """After the day of the increase nobody is told to object before it, and no letter about it is waited for."""
    dag = date.fromisoformat(household["peildatum"])
    start = household.get("woning", {}).get("ingangsdatumVoorstel") or f"{household.get('huurronde', dag.year)}-07-01"
    for id, c in answer.items():
        said = " ".join((PAKKET.teksten.huurder(c), *(step.huurder for step in c.vervolg)))
        if c.onderwerp == "huurverhoging" and dag >= date.fromisoformat(start):
            if re.search(r"wacht op (?:de|die) brief", said):
                yield f"{id}: er komt geen brief meer"
            if re.search(r"vóór de nieuwe huur ingaat", said) and not re.search("ingegaan|Daarna kan het", said):
                yield f"{id}: bezwaar vóór een dag die voorbij is"


# the allocation


def a_norm_for_whom_it_does_not_exist(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Passend toewijzen is for a new contract with a corporation, for a home for which there can be huurtoeslag."""
    dwelling = household.get("woning", {})
    outside = {
        "een huurder die blijft wonen": household.get("soort") == "huurder",
        "een particuliere verhuurder": household.get("verhuurder") == "particulier",
        "een kamer zonder huurtoeslag": dwelling.get("zelfstandig") is False
        and dwelling.get("aangewezenComplex") is False
        and dwelling.get("woonwagen") is False,
    }
    for who, is_so in outside.items():
        if is_so and _is(answer, "passende-huur", "ja", "nee", "voorleggen"):
            yield f"{who} leest of de huur past: {answer['passende-huur'].uitkomst}"
        if is_so and "kamer" not in who and _is(answer, "vrije-toewijzingsruimte", "ja", "nee", "voorleggen"):
            yield f"{who} leest over de vrije ruimte"


def a_norm_without_its_group(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Whether a rent fits is only told to whom the norm is for; and who is in it is in the wider group as well."""
    # a rent that fits the lower income fits the other as well
    needed = {"ja": ("ja", "voorleggen"), "nee": ("ja",)}.get(answer["passende-huur"].uitkomst)
    if needed and not _is(answer, "primaire-doelgroep", *needed):
        yield f"de huur is getoetst, en de doelgroep is {answer['primaire-doelgroep'].uitkomst}"
    if _is(answer, "primaire-doelgroep", "ja") and _is(answer, "daeb-doelgroep", "nee"):
        yield "het inkomen is laag, en te hoog voor sociale huur"


def two_ways_in_for_one_income(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Who is in needs neither the free room nor middenhuur, and who is out does not read that he is in."""
    for id, not_needed in (("vrije-toewijzingsruimte", "niet-nodig"), ("middenhuur", "niet-nodig")):
        if _is(answer, "daeb-doelgroep", "ja") and _is(answer, id, "voorleggen", "ja"):
            yield f"het inkomen past bij sociale huur, en {id}: {answer[id].uitkomst}"
        if _is(answer, "daeb-doelgroep", "nee") and _rule(answer, id) == not_needed:
            yield f"het inkomen is te hoog, en {id} is niet nodig"
        if _is(answer, "daeb-doelgroep", "voorleggen", "onbekend") and "nkomen is hoger dan" in PAKKET.teksten.huurder(
            answer[id]
        ):
            yield f"of het inkomen past is nog de vraag, en {id} zegt dat het te hoog is"


# the rent allowance and what rests on it


def a_rent_that_does_not_follow_the_allowance(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """What the rent takes of an income is counted with the allowance that the same paper tells."""
    for id in ("huurquote", "woonquote"):
        if _is(answer, id, "ja") and _is(answer, "huurtoeslag", "onbekend", "voorleggen"):
            yield f"de huurtoeslag is {answer['huurtoeslag'].uitkomst}, en {id} is berekend"
    rent, net = household.get("woning", {}).get("kaleHuur"), _value(answer, "huurquote", "nettoHuur")
    if _is(answer, "huurquote", "ja") and rent is not None and net is not None:
        monthly = _value(answer, "huurtoeslag", "perMaand") if _is(answer, "huurtoeslag", "ja") else Decimal(0)
        if monthly is not None and abs(net + monthly - Decimal(str(rent))) > Decimal("0.005"):
            yield f"kale huur {rent} min huurtoeslag {monthly} is niet {net}"


def an_aio_beside_no_aow(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """An addition to the AOW and a toeslag that ends at the AOW age are not for one tenant alone."""
    alone = len(household.get("personen", [])) == 1
    if alone and _is(answer, "aio", "voorleggen") and _is(answer, "individuele-inkomenstoeslag", "voorleggen"):
        yield "AOW en een toeslag tot de AOW-leeftijd"


def assistance_that_contradicts_itself(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """One benefit is of the UWV or has ended, a student without a partner has no energietoeslag, a norm only sinks."""
    if _is(answer, "toeslagenwet", "nee", "voorleggen") and _is(answer, "ioaw", "nee", "voorleggen"):
        yield "een uitkering van het UWV die is afgelopen"
    single = not any(person.get("rol") == "partner" for person in household.get("personen", []))
    if single and _is(answer, "energietoeslag", "ja") and _is(answer, "studietoeslag", "voorleggen"):
        yield "energietoeslag voor een student"
    if single and _is(answer, "alleenverdieners", "voorleggen"):
        yield "geld voor een paar, zonder partner"
    norm, full = (_value(answer, "bijstandsnorm", name) for name in ("norm", "normZonderKostendelers"))
    if norm is not None and full is not None and norm >= full:
        yield f"de norm met kostendelers {norm} is niet lager dan {full}"


# help and schemes


def a_request_that_is_very_likely_refused(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """Who very likely cannot have taxes remitted is offered no request, not by the other of the two either."""
    ids = ("kwijtschelding-gemeente", "kwijtschelding-waterschap")
    for id in ids:
        unlikely = "zeer waarschijnlijk niet" in answer[id].tekst
        if unlikely and answer[id].vervolg:
            yield f"{id}: zeer waarschijnlijk niet, en een aanvraag"
        if unlikely and any("zeer waarschijnlijk niet" not in answer[other].tekst for other in ids):
            yield f"{id}: zeer waarschijnlijk niet, en de andere wel"


def a_corporation_for_a_private_tenant(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """What corporations strive for is no reason for a private tenant, and none of them is his."""
    if household.get("verhuurder") != "particulier":
        return
    for id, c in answer.items():
        said = " ".join((c.tekst, *(reason.tekst for reason in c.redenen), *(step.tekst for step in c.vervolg)))
        text = " ".join((PAKKET.teksten.huurder(c), *(step.huurder or "" for step in c.vervolg)))
        told = c.uitkomst not in ("niet_van_toepassing", "geen_regels", "onbekend")
        if household.get("soort") == "huurder" and re.search(r"\b[Uu]w corporatie", text):
            yield f"{id}: uw corporatie"
        if c.onderwerp == "regelingen" and told and re.search(r"\bcorporaties?\b", f"{said} {text}"):
            yield f"{id}: een reden over corporaties"


def kinderbijslag_without_a_child(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """What is sure of a child is sure beside what is said of the other schemes for children."""
    if not any(person.get("rol") == "kind" for person in household.get("personen", [])):
        for id in ("kinderbijslag", "kinderopvangtoeslag", "kindgebonden-budget"):
            if _is(answer, id, "ja", "voorleggen"):
                yield f"er is geen kind, en {id}: {answer[id].uitkomst}"


def two_allowances_that_do_not_agree_on_partner_or_assets(
    answer: Answer, household: Mapping[str, Any]
) -> Iterator[str]:
    """Zorgtoeslag and kindgebonden budget have one toeslagpartner and one limit on assets."""
    ids = ("zorgtoeslag", "kindgebonden-budget")
    for one, other in (ids, ids[::-1]):
        if _is(answer, one, "ja"):
            if _rule(answer, other) in ("misschien-een-toeslagpartner", "meer-mogelijke-toeslagpartners"):
                yield f"{one} is zeker, en {other} hangt af van een toeslagpartner"
            if _rule(answer, other) == "vermogen-onzeker" or answer[other].waarden.get("reden") == "te_rijk":
                yield f"{one} is er, en voor {other} is het vermogen te hoog of niet zeker"


def two_energy_funds_at_once(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """The public fund comes after the last opening of the other one."""
    if _is(answer, "noodfonds-energie", "voorleggen") and _is(
        answer, "publiek-energiefonds", "voorleggen", "geen_regels"
    ):
        yield "twee energiefondsen tegelijk"


# every conclusion by itself


def a_yes_without_its_figure(answer: Answer, household: Mapping[str, Any]) -> Iterator[str]:
    """A conclusion never falls back on its question: a sentence of which the figure is not known is no answer."""
    for id, c in answer.items():
        if c.uitkomst not in ("onbekend", "geen_regels") and c.tekst == c.vraag:
            yield f"{id} ({_rule(answer, id)}): {c.uitkomst} zonder antwoord"


CHECKS: tuple[Check, ...] = (
    no_increase_and_an_amount_by_income,
    no_ground_and_a_ground_by_income,
    a_ground_by_income_without_an_increase_by_income,
    an_objection_where_no_increase_exists,
    a_seeker_with_an_increase,
    a_label_that_spares_and_an_increase_that_does_not,
    a_term_that_is_over,
    a_norm_for_whom_it_does_not_exist,
    a_norm_without_its_group,
    two_ways_in_for_one_income,
    a_rent_that_does_not_follow_the_allowance,
    an_aio_beside_no_aow,
    assistance_that_contradicts_itself,
    a_request_that_is_very_likely_refused,
    a_corporation_for_a_private_tenant,
    kinderbijslag_without_a_child,
    two_allowances_that_do_not_agree_on_partner_or_assets,
    two_energy_funds_at_once,
    a_yes_without_its_figure,
)
