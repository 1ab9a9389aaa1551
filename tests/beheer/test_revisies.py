"""Drafts, approval and publication on both databases: four eyes on one hash, and nothing lost or changed after."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, text

from regels.bron import bewaard, pakketbestanden
from regels.formaat import FORMAAT
from regels.laden import hash_of, manifest
from service.basis.vankracht import OnbekendeRegels
from service.beheer.beheerfouten import BeheerFout, Ingehaald, MagNiet, Veranderd
from service.beheer.concepten import Concepten
from service.beheer.pakket import take_in
from service.beheer.publicatie import Publicatie
from service.beheer.rapportvorm import Regelrapport
from service.beheer.regelrapport import draw_up
from service.beheer.revisies import Revisies
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.toegang.gebruikers import Gebruikers
from service.toegang.rechten import Rol
from tests.hulp.beheer import CIJFERS, DOOR, KLEIN, SNEL, Huis, add_user, furnish, limit_of, proven, with_limit


@pytest.fixture
def huis(opslag: Opslag) -> Huis:
    return furnish(opslag)


def booked(huis: Huis) -> list[tuple[str, str]]:
    """What the ledger says of drafts and revisions: what, and of which."""
    with huis.opslag.database.lezen() as session:
        rows = session.scalars(select(Boeking).order_by(Boeking.nummer)).all()
        return [(row.wat, row.onderwerp) for row in rows if not row.onderwerp.startswith("gebruiker:")]


def told(huis: Huis, naam: str) -> str:
    """The report of a draft in words."""
    report = huis.publicatie.rapport(naam)
    assert report is not None
    return report.tekst


def refused(kind: type[Exception], said: str, act: Callable[[], Any]) -> None:
    with pytest.raises(kind, match=said):
        act()


# revisions


def test_what_came_with_the_product_is_revision_zero(huis: Huis) -> None:
    (zero,) = huis.revisies.lijst()
    assert (zero.nummer, zero.hash, zero.formaat) == (0, hash_of(manifest(KLEIN)), FORMAAT)
    assert huis.revisies.inhoud(0)[1] == KLEIN
    regels = huis.revisies.laad(0)
    assert (regels.revisie, regels.hash, limit_of(regels)) == ("0", zero.hash, 1000)
    assert booked(huis) == [("regels-gepubliceerd", "revisie:0")]


def test_a_draft_that_is_approved_by_somebody_else_becomes_a_revision(huis: Huis) -> None:
    made = huis.publish("hoger", 1200)
    assert made.nummer == 1
    assert limit_of(huis.revisies.laad(1)) == 1200
    assert limit_of(huis.revisies.laad(0)) == 1000
    assert limit_of(huis.revisies.regels(made.hash)) == 1200
    assert [one.revisie for one in huis.revisies.revisies()] == ["1", "0"]
    assert [what for what, _ in booked(huis)] == [
        "regels-gepubliceerd", "concept-begonnen", "concept-bewaard", "concept-gecontroleerd", "concept-goedgekeurd",
        "regels-gepubliceerd",
    ]  # fmt: skip
    with huis.opslag.database.lezen() as session:
        told = session.scalars(select(Boeking).where(Boeking.onderwerp == "revisie:1")).one()
    about = json.loads(told.inhoud)
    assert about["hash"] == made.hash
    assert (about["ingevoerdDoor"], about["goedgekeurdDoor"]) == ([huis.invoerder.id], huis.keurder.id)


def test_contents_are_kept_once(huis: Huis) -> None:
    huis.publish("hoger", 1200)
    huis.publish("terug", 1000)
    with huis.opslag.database.lezen() as session:
        files = session.scalar(text("SELECT COUNT(*) FROM regelinhoud WHERE hash IN "
                                    "(SELECT hash FROM regelinhoud)"))  # fmt: skip
    # the small set, one other file of figures, and two reports
    assert files == len(set(manifest(KLEIN).values())) + 1 + 2
    assert huis.revisies.laad(2).hash == huis.revisies.laad(0).hash
    assert huis.revisies.regels(huis.revisies.laad(0).hash).revisie == "2"


def test_a_correction_says_which_revision_and_why(huis: Huis) -> None:
    huis.publish("fout", 1200)
    huis.concepten.begin(huis.invoerder, "herstel", "De grens was 1.100.", herstelt=1)
    huis.concepten.bewaar(huis.invoerder, "herstel", with_limit(KLEIN, 1100), 0)
    assert "Herstelt een fout in revisie 1." in told(huis, huis.report("herstel").naam)
    huis.approve("herstel")
    made = huis.publicatie.publiceer(huis.invoerder, "herstel")
    assert (made.herstelt, made.reden) == (1, "De grens was 1.100.")
    refused(BeheerFout, "geen revisie 9", lambda: huis.concepten.begin(huis.invoerder, "x", "y", herstelt=9))


@pytest.mark.parametrize("naam", ["9", "x", "", "sha256:" + "0" * 64, "123456782"])
def test_an_unknown_revision_is_said_to_be_unknown(huis: Huis, naam: str) -> None:
    with pytest.raises(OnbekendeRegels) as caught:
        huis.revisies.regels(naam)
    assert "regels revisies" in str(caught.value)
    assert "123456782" not in str(caught.value)


# four eyes


def test_who_enters_never_approves(huis: Huis) -> None:
    both = add_user(huis.opslag, "twee", Rol.CONTROLLER, persoon="invoerder", dubbel=True)
    huis.change("hoger", 1200)
    over = huis.report("hoger").over
    refused(MagNiet, "geen rol", lambda: huis.publicatie.keur_goed(huis.invoerder, "hoger", over))
    refused(MagNiet, "Wie invoert", lambda: huis.publicatie.keur_goed(both, "hoger", over))
    assert not huis.concepten.lees("hoger").goedgekeurd


def test_nobody_approves_a_draft_of_which_he_once_entered_a_part(huis: Huis) -> None:
    second = add_user(huis.opslag, "tweede", Rol.REGELBEHEERDER)
    begun = huis.change("hoger", 1200)
    huis.concepten.bewaar(second, "hoger", with_limit(KLEIN, 1300), begun.opgeslagen)
    assert huis.concepten.lees("hoger").door == [huis.invoerder.id, second.id]
    now_approves = add_user(huis.opslag, "tweede-later", Rol.CONTROLLER, persoon="tweede", dubbel=True)
    over = huis.report("hoger").over
    refused(MagNiet, "Wie invoert", lambda: huis.publicatie.keur_goed(now_approves, "hoger", over))


def test_who_entered_is_known_after_the_account_is_gone(huis: Huis) -> None:
    enters = add_user(huis.opslag, "tijdelijk", Rol.REGELBEHEERDER, persoon="iemand")
    huis.concepten.begin(enters, "eigen", "Proef")
    huis.concepten.bewaar(enters, "eigen", with_limit(KLEIN, 1200), 0)
    Gebruikers(huis.opslag, SNEL).verwijder("tijdelijk", DOOR)
    back = add_user(huis.opslag, "terug", Rol.CONTROLLER, persoon="iemand")
    over = huis.report("eigen").over
    refused(MagNiet, "Wie invoert", lambda: huis.publicatie.keur_goed(back, "eigen", over))


def test_a_role_is_needed_for_each_step(huis: Huis) -> None:
    reads = add_user(huis.opslag, "lezer", Rol.AUDITOR)
    huis.change("hoger", 1200)
    found, files, basis = huis.concepten.bestanden("hoger")
    report = draw_up(found, files, basis, FORMAAT, None)
    for act in (
        lambda: huis.concepten.begin(reads, "x", "y"),
        lambda: huis.concepten.bewaar(reads, "hoger", KLEIN, 1),
        lambda: huis.concepten.breng_bij(reads, "hoger"),
        lambda: huis.concepten.trek_in(reads, "hoger", "y"),
        lambda: huis.publicatie.leg_vast(reads, "hoger", report),
        lambda: huis.publicatie.keur_goed(reads, "hoger", ""),
        lambda: huis.publicatie.publiceer(reads, "hoger"),
        lambda: huis.concepten.begin(huis.keurder, "x", "y"),
        lambda: huis.publicatie.publiceer(huis.keurder, "hoger"),
    ):
        refused(MagNiet, "geen rol", act)


def test_a_change_takes_the_approval_away(huis: Huis) -> None:
    huis.change("hoger", 1200)
    approved = huis.approve("hoger")
    assert approved.goedgekeurd
    changed = huis.concepten.bewaar(huis.invoerder, "hoger", with_limit(KLEIN, 1201), approved.opgeslagen)
    assert (changed.goedgekeurd, changed.goedgekeurd_door) == (False, "")
    refused(BeheerFout, "niet goedgekeurd", lambda: huis.publicatie.publiceer(huis.invoerder, "hoger"))
    assert ("goedkeuring-vervallen", "concept:hoger") in booked(huis)
    # and back to what was approved is not approved
    huis.concepten.bewaar(huis.invoerder, "hoger", with_limit(KLEIN, 1200), changed.opgeslagen)
    refused(BeheerFout, "niet goedgekeurd", lambda: huis.publicatie.publiceer(huis.invoerder, "hoger"))


def test_another_report_takes_the_approval_away_and_the_same_one_does_not(huis: Huis) -> None:
    huis.change("hoger", 1200)
    huis.approve("hoger")
    assert huis.report("hoger").goedgekeurd
    found, files, basis = huis.concepten.bestanden("hoger")
    other = draw_up(found, files, basis, FORMAAT, lambda _: (True, ["Alles is bewezen."]))
    huis.publicatie.leg_vast(huis.invoerder, "hoger", other)
    assert not huis.concepten.lees("hoger").goedgekeurd
    refused(BeheerFout, "niet goedgekeurd", lambda: huis.publicatie.publiceer(huis.invoerder, "hoger"))


def test_what_was_not_seen_is_not_approved(huis: Huis) -> None:
    huis.change("hoger", 1200)
    refused(BeheerFout, "geen rapport", lambda: huis.publicatie.keur_goed(huis.keurder, "hoger", ""))
    seen = huis.report("hoger")
    huis.concepten.bewaar(huis.invoerder, "hoger", with_limit(KLEIN, 9999), seen.opgeslagen)
    refused(BeheerFout, "geen rapport", lambda: huis.publicatie.keur_goed(huis.keurder, "hoger", seen.over))
    huis.report("hoger")
    refused(Ingehaald, "gewijzigd sinds u keek", lambda: huis.publicatie.keur_goed(huis.keurder, "hoger", seen.over))


def test_a_report_of_other_content_is_refused(huis: Huis) -> None:
    huis.change("hoger", 1200)
    other = Regelrapport("sha256:" + "0" * 64, ("Alles goed.",), (), bewijs=True)
    refused(Ingehaald, "gewijzigd sinds", lambda: huis.publicatie.leg_vast(huis.invoerder, "hoger", other))


def test_what_is_not_in_order_is_not_approved(huis: Huis) -> None:
    begun = huis.concepten.begin(huis.invoerder, "kapot", "Proef")
    broken = KLEIN | {"land/proef.yaml": KLEIN["land/proef.yaml"].replace(b"inkomen <= grens", b"inkomen <= grns")}
    huis.concepten.bewaar(huis.invoerder, "kapot", broken, begun.opgeslagen)
    seen = huis.report("kapot")
    assert not seen.rapport_klopt
    assert "land/proef.yaml:" in told(huis, "kapot")
    refused(BeheerFout, "niet in orde", lambda: huis.publicatie.keur_goed(huis.keurder, "kapot", seen.over))
    assert not draw_up(*huis.concepten.bestanden("kapot"), FORMAAT, proven).klopt


def test_a_proof_that_fails_is_not_approved(huis: Huis) -> None:
    huis.change("hoger", 1200)
    failed = draw_up(*huis.concepten.bestanden("hoger"), FORMAAT, lambda _: (False, ["Weerlegd: proef."]))
    over = huis.publicatie.leg_vast(huis.invoerder, "hoger", failed).over
    refused(BeheerFout, "niet in orde", lambda: huis.publicatie.keur_goed(huis.keurder, "hoger", over))


def test_the_report_shows_what_differs_figure_by_figure(huis: Huis) -> None:
    huis.change("hoger", 1200)
    said = told(huis, huis.report("hoger").naam).replace("\xa0", " ")
    assert "gewijzigd: land/2026.yaml" in said
    assert "cijfer gewijzigd: Grens (grens) vanaf 1 januari 2026. waarde: € 1.000 wordt € 1.200 (+20%)" in said
    assert "is in orde" in said
    assert "Bewijs\nNiets te bewijzen.\n\nUitkomst\nIn orde." in said


def test_of_what_came_with_the_product_two_people_decide(huis: Huis) -> None:
    name = take_in(huis.concepten, with_limit(KLEIN, 1500))
    assert name is not None
    assert huis.concepten.lees(name).door == []
    alone = add_user(huis.opslag, "alleen", Rol.CONTROLLER)
    publishes = add_user(huis.opslag, "alleen2", Rol.REGELBEHEERDER, persoon="alleen", dubbel=True)
    found, files, basis = huis.concepten.bestanden(name)
    over = huis.publicatie.leg_vast(alone, name, draw_up(found, files, basis, FORMAAT, proven)).over
    huis.publicatie.keur_goed(alone, name, over)
    refused(MagNiet, "Vraag een ander", lambda: huis.publicatie.publiceer(publishes, name))
    assert huis.publicatie.publiceer(huis.invoerder, name).nummer == 1


# who is late


def test_of_two_who_save_the_same_draft_the_second_is_told(huis: Huis) -> None:
    begun = huis.concepten.begin(huis.invoerder, "samen", "Proef")
    second = add_user(huis.opslag, "tweede", Rol.REGELBEHEERDER)
    huis.concepten.bewaar(huis.invoerder, "samen", with_limit(KLEIN, 1100), begun.opgeslagen)
    late = with_limit(KLEIN, 1300)
    refused(Ingehaald, "intussen bewaard", lambda: huis.concepten.bewaar(second, "samen", late, begun.opgeslagen))
    assert huis.concepten.bestanden("samen")[1] == with_limit(KLEIN, 1100)


def test_a_draft_on_a_base_that_moved_is_not_published(huis: Huis) -> None:
    huis.change("een", 1100)
    begun = huis.concepten.begin(huis.invoerder, "twee", "Andere zin")
    words = KLEIN | {"land/proef.yaml": KLEIN["land/proef.yaml"].replace(b"Het past.", b"Dat past.")}
    huis.concepten.bewaar(huis.invoerder, "twee", words, begun.opgeslagen)
    for name in ("een", "twee"):
        huis.approve(name)
    huis.publicatie.publiceer(huis.invoerder, "een")
    refused(Ingehaald, "regels concept bijwerken twee", lambda: huis.publicatie.publiceer(huis.invoerder, "twee"))
    assert len(huis.revisies.lijst()) == 2
    brought = huis.concepten.breng_bij(huis.invoerder, "twee")
    assert (brought.basis, brought.goedgekeurd) == (1, False)
    huis.approve("twee")
    huis.publicatie.publiceer(huis.invoerder, "twee")
    regels = huis.revisies.laad(2)
    assert limit_of(regels) == 1100
    assert b"Dat past." in huis.revisies.inhoud(2)[1]["land/proef.yaml"]


def test_two_drafts_that_change_one_file_are_not_put_together(huis: Huis) -> None:
    huis.change("een", 1100)
    huis.change("twee", 1200)
    huis.approve("een")
    huis.publicatie.publiceer(huis.invoerder, "een")
    refused(BeheerFout, CIJFERS, lambda: huis.concepten.breng_bij(huis.invoerder, "twee"))
    assert huis.concepten.lees("twee").basis == 0


def test_a_draft_that_is_done_does_not_change(huis: Huis) -> None:
    huis.publish("klaar", 1100)
    refused(BeheerFout, "is gepubliceerd", lambda: huis.concepten.bewaar(huis.invoerder, "klaar", KLEIN, 1))
    refused(BeheerFout, "is gepubliceerd", lambda: huis.publicatie.publiceer(huis.invoerder, "klaar"))
    huis.change("weg", 1200)
    huis.concepten.trek_in(huis.invoerder, "weg", "Toch niet.")
    refused(BeheerFout, "is ingetrokken", lambda: huis.report("weg"))
    refused(BeheerFout, "al een concept", lambda: huis.concepten.begin(huis.invoerder, "weg", "Opnieuw"))


def test_twenty_who_save_approve_and_publish_at_once_lose_nothing(huis: Huis) -> None:
    people = [add_user(huis.opslag, f"invoer{n}", Rol.REGELBEHEERDER) for n in range(10)]
    others = [add_user(huis.opslag, f"keur{n}", Rol.CONTROLLER) for n in range(10)]
    ended: Counter[str] = Counter()

    def once(act: Callable[[], Any]) -> bool:
        try:
            act()
        except (Ingehaald, BeheerFout, OpslagFout) as error:
            ended[type(error).__name__] += 1
            return False
        return True

    saved: list[int] = []
    ready = threading.Barrier(20)

    def published() -> bool:
        return huis.revisies.nieuwste() != 0

    def enters(n: int) -> None:
        own = Publicatie(Concepten(Revisies(huis.opslag)))
        name = f"concept-{n}"
        own.concepten.begin(people[n], name, "Proef")
        for turn in range(3):
            shared = own.concepten.lees("samen")
            files = with_limit(KLEIN, 2000 + 10 * n + turn)
            if once(lambda s=shared, f=files: own.concepten.bewaar(people[n], "samen", f, s.opgeslagen)):
                saved.append(2000 + 10 * n + turn)
        own.concepten.bewaar(people[n], name, with_limit(KLEIN, 3000 + n), 0)
        own.leg_vast(people[n], name, draw_up(*own.concepten.bestanden(name), FORMAAT, proven))
        ready.wait(60)  # until all of them can be approved
        for _ in range(400):
            before = ended["Ingehaald"]
            if once(lambda: own.publiceer(people[n], name)) or (ended["Ingehaald"] > before and published()):
                return  # published, or told that another one was
            time.sleep(0.05)

    def approves(n: int) -> None:
        own = Publicatie(Concepten(Revisies(huis.opslag)))
        ready.wait(60)
        for _ in range(20):
            for one in own.concepten.lijst():
                if one.over and not one.goedgekeurd and one.stand == "open":
                    once(lambda naam=one.naam, over=one.over: own.keur_goed(others[n], naam, over))

    huis.concepten.begin(people[0], "samen", "Van ons allen")
    with ThreadPoolExecutor(20) as pool:
        for done in [*[pool.submit(enters, n) for n in range(10)], *[pool.submit(approves, n) for n in range(10)]]:
            done.result()
    found = huis.concepten.lees("samen")
    assert found.opgeslagen == len(saved)
    last = {n: limit_of(bewaard(huis.concepten.bestanden(f"concept-{n}")[1], "x")) for n in range(10)}
    assert last == {n: 3000 + n for n in range(10)}
    with huis.opslag.database.lezen() as session:
        rows = session.scalars(select(Boeking).order_by(Boeking.nummer)).all()
    approved = [json.loads(row.inhoud) | {"wie": row.wie} for row in rows if row.wat == "concept-goedgekeurd"]
    assert approved
    assert [one for one in approved if one["wie"].removeprefix("gebruiker:") in one["ingevoerdDoor"]] == []
    kept = sum(row.wat == "concept-bewaard" and row.onderwerp == "concept:samen" for row in rows)
    assert kept == len(saved)
    revisions = [one for one in huis.revisies.lijst() if one.nummer]
    # all stand on revision 0 and change one file, so that one of them is published, and the others are told
    assert len(revisions) == 1
    assert ended["Ingehaald"] > 0


# what must not change


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisie SET reden = 'x'",
        "DELETE FROM revisie",
        "UPDATE regelinhoud SET gegevens = gegevens",
        "DELETE FROM regelinhoud",
        "DELETE FROM concept",
        "UPDATE concept SET reden = 'x' WHERE stand = 'gepubliceerd'",
        "INSERT INTO revisie SELECT nummer + 5, hash, manifest, formaat, versie, reden, herstelt, concept, rapport, "
        "gepubliceerd FROM revisie WHERE nummer = 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(huis: Huis, statement: str) -> None:
    huis.publish("hoger", 1200)
    with pytest.raises(OpslagFout), huis.opslag.database.schrijven() as session:
        session.execute(text(statement))
    assert limit_of(huis.revisies.laad(1)) == 1200


def without_guard(huis: Huis, statement: str) -> None:
    """Change the database as somebody would who has all rights on it."""
    with huis.opslag.database.verbouwen() as connection:
        if huis.opslag.database.soort == "sqlite":
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE regelinhoud SET gegevens = CAST('x' AS {bytes}) WHERE hash = '{file}'",
        "DELETE FROM regelinhoud",
        "UPDATE revisie SET manifest = REPLACE(manifest, 'land/2026', 'land/2027')",
        "UPDATE revisie SET hash = 'sha256:0' || SUBSTR(hash, 9)",
        "UPDATE boeking SET inhoud = REPLACE(inhoud, 'sha256:', 'sha256:0') WHERE onderwerp LIKE 'revisie:%'",
        "DELETE FROM boeking WHERE onderwerp LIKE 'revisie:%'",
    ],
)
def test_published_content_that_was_changed_is_never_answered_by(huis: Huis, statement: str) -> None:
    huis.publish("hoger", 1200)
    kind = "BLOB" if huis.opslag.database.soort == "sqlite" else "bytea"
    without_guard(huis, statement.format(bytes=kind, file=manifest(KLEIN)["velden.yaml"]))
    for number in (0, 1):
        with pytest.raises(Veranderd, match="database herstel"):
            huis.revisies.laad(number)


# what comes with a newer product


def test_a_newer_package_comes_as_a_draft_with_what_it_changed(huis: Huis) -> None:
    assert take_in(huis.concepten, KLEIN) is None
    newer = with_limit(KLEIN, 1500) | {"versie.yaml": b"versie: 'nieuw'\n"}
    name = take_in(huis.concepten, newer)
    assert name is not None
    assert take_in(huis.concepten, newer) is None
    assert huis.revisies.nieuwste() == 0
    found, files, basis = huis.concepten.bestanden(name)
    assert found.anders.keys() == {CIJFERS, "versie.yaml"}
    assert (files, basis) == (newer, KLEIN)
    assert "wordt € 1.500" in draw_up(found, files, basis, FORMAAT, None).tekst.replace("\xa0", " ")
    assert take_in(huis.concepten, KLEIN) is None  # an older product beside it changes nothing


def test_what_was_changed_here_is_not_overwritten_by_a_package(huis: Huis) -> None:
    huis.publish("hier", 1200)
    newer = with_limit(KLEIN, 1500) | {"versie.yaml": b"versie: 'nieuw'\n"}
    name = take_in(huis.concepten, newer)
    assert name is not None
    found, files, _ = huis.concepten.bestanden(name)
    assert files == with_limit(KLEIN, 1200) | {"versie.yaml": b"versie: 'nieuw'\n"}
    assert f"{CIJFERS} is hier gewijzigd, en ook in het product" in found.let_op
    assert f"{CIJFERS} is hier gewijzigd" in told(huis, huis.report(name).naam)


def test_a_draft_of_a_package_that_nobody_touched_gives_way_to_that_of_the_next(huis: Huis) -> None:
    first = take_in(huis.concepten, KLEIN | {"versie.yaml": b"versie: 'een'\n"})
    second = take_in(huis.concepten, with_limit(KLEIN, 1500) | {"versie.yaml": b"versie: 'twee'\n"})
    assert first is not None
    assert second is not None
    assert huis.concepten.lees(first).stand == "ingetrokken"
    # what the first brought and was never published is in the second
    assert huis.concepten.lees(second).anders.keys() == {CIJFERS, "versie.yaml"}
    huis.approve(second)
    huis.publicatie.publiceer(huis.invoerder, second)
    third = take_in(huis.concepten, with_limit(KLEIN, 1500) | {"versie.yaml": b"versie: 'drie'\n"})
    assert third is not None
    assert huis.concepten.lees(third).anders.keys() == {"versie.yaml"}


def test_a_package_that_was_published_here_already_brings_nothing(huis: Huis) -> None:
    huis.publish("hier", 1200)
    assert take_in(huis.concepten, with_limit(KLEIN, 1200)) is None


def test_the_rules_of_the_product_can_be_a_revision(opslag: Opslag) -> None:
    huis = furnish(opslag, pakketbestanden())
    assert huis.revisies.laad(0).hash == hash_of(manifest(pakketbestanden()))
