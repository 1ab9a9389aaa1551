"""A warning about a draft is accepted with a reason, by somebody who may, and belongs to what is approved."""

import json

import pytest
from sqlalchemy import select, text

from service.beheer.aanvaardingen import Aanvaardingen
from service.beheer.beheerfouten import BeheerFout, MagNiet
from service.beheer.rapportvorm import GEEN_BEWIJS, Aanvaard, Regelrapport
from service.beheer.regelrapport import draw_up
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.toegang.rechten import Rol
from tests.hulp.beheer import Huis, add_user, furnish

CODE = "bereik/land/2026.yaml/grens=1200"
WAAROM = "Nagekeken in de Staatscourant."


@pytest.fixture
def huis(opslag: Opslag) -> Huis:
    return furnish(opslag)


@pytest.fixture
def aanvaardingen(huis: Huis) -> Aanvaardingen:
    return Aanvaardingen(huis.concepten)


def booked(huis: Huis) -> list[tuple[str, str]]:
    with huis.opslag.database.lezen() as session:
        rows = session.scalars(select(Boeking).where(Boeking.onderwerp == "concept:hoger").order_by(Boeking.nummer))
        return [(row.wat, str(json.loads(row.inhoud).get("code", ""))) for row in rows]


def test_a_warning_is_accepted_and_taken_back_with_an_entry_of_the_ledger(
    huis: Huis, aanvaardingen: Aanvaardingen
) -> None:
    huis.change("hoger", 1200)
    made = aanvaardingen.aanvaard(huis.invoerder, "hoger", CODE, WAAROM)
    assert (made.code, made.reden, made.door) == (CODE, WAAROM, huis.invoerder.id)
    assert aanvaardingen.van("hoger")[CODE].reden == WAAROM
    aanvaardingen.aanvaard(huis.invoerder, "hoger", CODE, WAAROM)
    aanvaardingen.aanvaard(huis.invoerder, "hoger", CODE, "Bevestigd door de Belastingdienst.")
    aanvaardingen.trek_terug(huis.invoerder, "hoger", CODE)
    aanvaardingen.trek_terug(huis.invoerder, "hoger", CODE)
    assert aanvaardingen.van("hoger") == {}
    assert booked(huis)[2:] == [
        ("waarschuwing-aanvaard", CODE), ("waarschuwing-aanvaard", CODE), ("aanvaarding-teruggetrokken", CODE),
    ]  # fmt: skip


@pytest.mark.parametrize("back", [False, True])
def test_another_acceptance_takes_the_approval_away(huis: Huis, aanvaardingen: Aanvaardingen, back: bool) -> None:
    huis.change("hoger", 1200)
    report(huis, accepted=False)
    aanvaardingen.aanvaard(huis.invoerder, "hoger", GEEN_BEWIJS, WAAROM)
    approved = huis.publicatie.keur_goed(huis.keurder, "hoger", huis.concepten.lees("hoger").over)
    assert approved.goedgekeurd
    if back:
        aanvaardingen.trek_terug(huis.invoerder, "hoger", GEEN_BEWIJS)
    else:
        aanvaardingen.aanvaard(huis.invoerder, "hoger", GEEN_BEWIJS, "Om een andere reden.")
    found = huis.concepten.lees("hoger")
    assert (found.goedgekeurd, found.goedgekeurd_door, found.rapport_klopt) == (False, "", not back)
    with pytest.raises(BeheerFout, match="niet goedgekeurd"):
        huis.publicatie.publiceer(huis.invoerder, "hoger")


def test_the_report_says_who_accepted_a_warning_and_why_without_being_drawn_up_again(
    huis: Huis, aanvaardingen: Aanvaardingen
) -> None:
    huis.change("hoger", 1200)
    before = report(huis, accepted=False)
    assert (before.klopt, [line.code for line in before.open]) == (False, [GEEN_BEWIJS])
    assert f"Code: {GEEN_BEWIJS}" in before.tekst
    aanvaardingen.aanvaard(huis.invoerder, "hoger", GEEN_BEWIJS, WAAROM)
    aanvaardingen.aanvaard(huis.invoerder, "hoger", CODE, "Van een waarde die er niet staat.")
    after = huis.publicatie.rapport("hoger")
    assert after is not None
    assert (after.klopt, after.delen, after.inhoud) == (True, before.delen, before.inhoud)
    assert after.aanvaard == {GEEN_BEWIJS: Aanvaard(WAAROM, huis.invoerder.id)}
    assert f"Aanvaard door gebruiker {huis.invoerder.id}: {WAAROM}" in after.tekst
    assert report(huis, accepted=True) == after, "the same content and acceptances have the same report"


def test_a_stop_is_not_accepted(huis: Huis, aanvaardingen: Aanvaardingen) -> None:
    huis.change("hoger", 1200)
    failed = draw_up(*huis.concepten.bestanden("hoger"), 1, lambda _: (False, ["Weerlegd: proef."]))
    (stop,) = failed.stops
    assert not failed.met({stop.code: Aanvaard(WAAROM, "x")}).klopt
    assert not failed.met({GEEN_BEWIJS: Aanvaard(WAAROM, "x")}).klopt


def report(huis: Huis, *, accepted: bool) -> Regelrapport:
    """The report without a proof, which is a warning."""
    huis.publicatie.leg_vast(huis.invoerder, "hoger", draw_up(*huis.concepten.bestanden("hoger"), 1, None))
    found = huis.publicatie.rapport("hoger")
    assert found is not None
    assert found.klopt == accepted
    return found


def test_who_accepts_a_warning_does_not_approve_the_draft(huis: Huis, aanvaardingen: Aanvaardingen) -> None:
    huis.change("hoger", 1200)
    accepts = add_user(huis.opslag, "tweede", Rol.REGELBEHEERDER)
    approves = add_user(huis.opslag, "tweede-keurt", Rol.CONTROLLER, persoon="tweede", dubbel=True)
    aanvaardingen.aanvaard(accepts, "hoger", CODE, WAAROM)
    over = huis.report("hoger").over
    with pytest.raises(MagNiet, match="Wie invoert"):
        huis.publicatie.keur_goed(approves, "hoger", over)
    with pytest.raises(MagNiet, match="geen rol"):
        aanvaardingen.aanvaard(huis.keurder, "hoger", CODE, WAAROM)
    with pytest.raises(MagNiet, match="geen rol"):
        aanvaardingen.trek_terug(huis.keurder, "hoger", CODE)


@pytest.mark.parametrize(
    ("naam", "code", "reden", "said"),
    [
        ("hoger", CODE, "  ", "Geef een reden"),
        ("hoger", "", WAAROM, "geen waarschuwing"),
        ("hoger", "x" * 401, WAAROM, "geen waarschuwing"),
        ("hoger", "a\nb", WAAROM, "geen waarschuwing"),
        ("lager", CODE, WAAROM, "geen concept"),
    ],
)
def test_what_is_no_acceptance_is_refused(
    huis: Huis, aanvaardingen: Aanvaardingen, naam: str, code: str, reden: str, said: str
) -> None:
    huis.change("hoger", 1200)
    with pytest.raises(BeheerFout, match=said):
        aanvaardingen.aanvaard(huis.invoerder, naam, code, reden)
    assert aanvaardingen.van("hoger") == {}


@pytest.mark.parametrize("statement", ["UPDATE aanvaarding SET reden = 'x'", "DELETE FROM aanvaarding"])
def test_what_was_accepted_in_a_published_draft_never_changes(
    huis: Huis, aanvaardingen: Aanvaardingen, statement: str
) -> None:
    huis.change("hoger", 1200)
    aanvaardingen.aanvaard(huis.invoerder, "hoger", CODE, WAAROM)
    huis.approve("hoger")
    huis.publicatie.publiceer(huis.invoerder, "hoger")
    with pytest.raises(BeheerFout, match="is gepubliceerd"):
        aanvaardingen.trek_terug(huis.invoerder, "hoger", CODE)
    with pytest.raises(OpslagFout), huis.opslag.database.schrijven() as session:
        session.execute(text(statement))
    assert aanvaardingen.van("hoger")[CODE].reden == WAAROM
