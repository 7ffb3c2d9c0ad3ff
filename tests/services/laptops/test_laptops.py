"""Work from several laptops: what they know comes together, whoever sends what to whom."""

import shutil
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import pytest

from greenstar.assessment.model import Status
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.text.laptops import packed_line, taken_over_lines, unpacked_lines, unsettled_lines
from greenstar.services.evidence.evidence import attach
from greenstar.services.laptops.packing import Packed
from greenstar.services.laptops.settling import keep_seal, settle, take_over
from greenstar.services.laptops.unsettled import unsettled
from greenstar.services.stores.stores import edit_store, set_fact
from greenstar.services.visit import drafts
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.workspace import Workspace
from tests.journals import journal_faults
from tests.services.conftest import fill
from tests.services.laptops.team import Team, begin, damage, known
from tests.sql import database_of, path_of


def refusal(act: object) -> str:
    """The sentence with which something is refused."""
    with pytest.raises(BadInput) as caught:
        act()  # type: ignore[operator]
    return caught.value.message.key


def shared(team: Team, *names: str) -> list[Workspace]:
    """Laptops that all know one visit."""
    first, *others = (team.laptop(name) for name in names)
    begin(first).answer("E1", Fraction(50))
    for other in others:
        team.send(first, other)
    return [first, *others]


def exchange(team: Team, *laptops: Workspace) -> None:
    """Let each take over what the others know."""
    for source in (*laptops, *laptops):
        for target in laptops:
            if source is not target:
                team.send(source, target)
    assert all(known(laptop) == known(laptops[0]) for laptop in laptops)
    assert not [problem for laptop in laptops for problem in damage(laptop)]


def test_two_who_worked_on_copies_of_a_visit_get_the_union_of_what_they_did(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    assert known(bo) == known(ada)
    begin(ada).answer("W2", True)
    begin(bo).answer("fresh", Fraction(20))
    begin(bo).note("E1", "lamps of the show room")
    exchange(team, ada, bo)
    assert begin(ada).visit.answers == {"E1": 50, "W2": True, "fresh": 20}
    assert journal_faults(ada) == journal_faults(bo) == []
    again = team.send(bo, ada)
    assert (again.same, again.visits, again.stores, again.photos) == (1, [], [], 0)


def test_where_both_changed_an_answer_the_later_counts_until_a_person_settles_it(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    begin(ada).answer("E1", Fraction(60))
    bo.clock.at = ada.clock.at  # type: ignore[attr-defined]
    begin(bo).answer("E1", Fraction(70))
    came = team.send(bo, ada)
    (clash,) = came.visits[0].clashes
    assert [side.content for side in clash.sides] == ['"6000"', '"7000"']
    assert begin(ada).visit.answers["E1"] == 70
    settle(ada, "S-1", "E1", 1)
    assert begin(ada).visit.answers["E1"] == 60
    exchange(team, ada, bo)
    assert begin(bo).visit.answers["E1"] == 60
    assert not unsettled(bo, "S-1")
    assert journal_faults(ada) == journal_faults(bo) == []
    assert refusal(lambda: settle(ada, "S-1", "E1", 1)) == "laptops.no_clash"


def test_settling_by_what_counts_already_changes_nothing_else_and_a_new_answer_settles_as_well(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    for question in ("E1", "fresh"):
        begin(ada).answer(question, Fraction(60))
        begin(bo).answer(question, Fraction(70))
    team.send(bo, ada)
    assert refusal(lambda: settle(ada, "S-1", "E1", 3)) == "laptops.no_side"
    before = begin(ada).visit.answers
    settle(ada, "S-1", "E1", None)
    assert begin(ada).visit.answers == before
    assert len(unsettled(ada, "S-1").visits[0].clashes) == 1
    begin(ada).answer("fresh", Fraction(80))
    assert not unsettled(ada, "S-1")


def test_photos_go_with_the_visit_and_those_that_were_attached_apart_are_all_there(team: Team, tmp_path: Path) -> None:
    ada, bo = shared(team, "ada", "bo")
    for laptop in (ada, bo):
        photo = tmp_path / f"{laptop.assessor}.jpg"
        photo.write_bytes(laptop.assessor.encode() * 1000)
        attach(begin(laptop), "W1", [laptop.storage.evidence.take(photo)])
    exchange(team, ada, bo)
    for laptop in (ada, bo):
        pieces = begin(laptop).visit.evidence["W1"]
        assert sorted(piece.file for piece in pieces) == ["ada.jpg", "bo.jpg"]
        assert all(laptop.storage.evidence.is_whole(piece.sha256) for piece in pieces)
        assert not unsettled(laptop, "S-1")


def test_a_photo_that_is_lost_here_is_told_and_the_rest_is_packed(team: Team, tmp_path: Path) -> None:
    (ada,) = shared(team, "ada")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"a photo")
    attach(begin(ada), "W1", [ada.storage.evidence.take(photo)])
    (piece,) = begin(ada).visit.evidence["W1"]
    path = ada.storage.evidence.path_of(piece.sha256)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(b"a phota")
    file, packed = team.packed(ada)
    assert (packed.files, packed.lost) == (0, 1)
    assert team.packed(ada)[0].read_bytes() == file.read_bytes()


def test_a_store_without_a_visit_is_packed_with_its_page_and_said_so() -> None:
    only, more = Packed(("S-1",), bytes=891), Packed(("S-1",), drafts=1, bytes=891)
    for language, page, draft in (
        ("en", "S-1: the store's page packed", "S-1: 1 draft packed"),
        ("zh", "S-1：门店页面", "S-1：1 份草稿"),
    ):
        say = Catalogue(language).render
        assert say(packed_line(Path("s.zip"), only)).startswith(page)
        assert say(packed_line(Path("s.zip"), more)).startswith(draft)


def who_entered(laptop: Workspace) -> dict[str, str]:
    """Whose the answers and notes of the draft are."""
    draft = begin(laptop).assessment.id
    tables = (laptop.storage.contents.full(kind, [draft])[draft] for kind in ("answer", "note"))
    return {row["key"]: row["by"] for rows in tables for row in rows}


@pytest.mark.slow
def test_a_seal_stands_and_what_was_answered_without_knowing_of_it_is_kept_and_told(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    fill(begin(ada))
    seal = submit(ada, "S-1").seal
    begin(bo).answer("E1", Fraction(10))
    came = team.send(ada, bo).visits[0]
    assert (came.sealed_now, came.row.seal, came.row.status) == (True, seal, Status.SUBMITTED)
    assert [event.after for event in came.left_over] == ['"1000"']
    exchange(team, ada, bo)
    assert unsettled(ada, "S-1").visits[0].left_over == came.left_over
    assert refusal(lambda: take_over(ada, "S-1")) == "laptops.reopen_first"
    reopen(ada, "S-1", "read again")
    take_over(ada, "S-1")
    assert begin(ada).visit.answers["E1"] == 10
    assert who_entered(ada)["E1"] == "bo"  # who does not become another by being taken over
    assert not unsettled(ada, "S-1")
    exchange(team, ada, bo)
    decided = submit(bo, "S-1")
    exchange(team, ada, bo)
    assert [row.seal for row in ada.storage.assessments.of_store("S-1") if row.counts] == [decided.seal]


@pytest.mark.slow
def test_a_revision_that_was_sealed_on_two_laptops_counts_once_a_seal_is_kept(team: Team) -> None:
    ada, bo, head = shared(team, "ada", "bo", "head")
    fill(begin(ada))
    fill(begin(bo))
    begin(bo).answer("E1", Fraction(10))
    hers, his = submit(ada, "S-1").seal, submit(bo, "S-1").seal
    team.send(ada, head)
    came = team.send(bo, head).visits[0]
    assert set(came.seals) == {hers, his}
    assert not [row for row in head.storage.assessments.of_store("S-1") if row.counts]
    exchange(team, ada, bo, head)
    assert refusal(lambda: decide(head, "S-1")) == "laptops.settle_before"
    assert refusal(lambda: keep_seal(head, "S-1", "zz")) == "laptops.which_seal"
    kept = keep_seal(head, "S-1", his[:8])
    assert (kept.seal, kept.set_aside) == (his, [hers])
    exchange(team, ada, bo, head)
    assert refusal(lambda: keep_seal(ada, "S-1", hers)) == "laptops.sealed_once"
    decide(ada, "S-1")
    exchange(team, ada, bo, head)
    for laptop in (ada, bo, head):
        (row,) = (row for row in laptop.storage.assessments.of_store("S-1") if row.counts)
        assert (row.seal, row.status) == (his, Status.DECIDED)
    withdraw(ada, "S-1", "the store closed")  # a step that knows of the other seal's steps as well
    exchange(team, ada, bo, head)


@pytest.mark.slow
def test_two_visits_that_were_begun_apart_and_sealed_under_one_number_are_settled_so_too(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    for laptop in (ada, bo):
        fill(begin(laptop))
    team.send(ada, bo)
    ((first, second),) = unsettled(bo, "S-1").begun_apart
    assert {first.assessor, second.assessor} == {"ada", "bo"}
    for laptop in (ada, bo):
        submit(laptop, "S-1")
    exchange(team, ada, bo)
    ((first, second),) = unsettled(ada, "S-1").sealed_apart
    assert not first.counts
    assert not second.counts
    keep_seal(ada, "S-1", first.seal or "")
    exchange(team, ada, bo)
    assert [row.seal for row in bo.storage.assessments.of_store("S-1") if row.counts] == [first.seal]


def test_what_was_begun_apart_is_taken_into_the_draft_that_is_worked_on_and_the_later_of_both_counts(
    team: Team,
) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo", hours=1)
    begin(ada).answer("E1", Fraction(50))
    begin(ada).answer("W2", True)
    begin(bo).answer("E1", Fraction(70))
    begin(bo).note("W1", "the pump leaks")
    own = begin(ada).assessment
    came = team.send(bo, ada)
    assert begin(ada).assessment.ulid == own.ulid  # one's own draft is still the one that is opened
    for language, words in (("en", "bo began this visit as well"), ("zh", "bo 在另一台电脑上也开始了")):
        assert words in "\n".join(unpacked_lines(came, Catalogue(language)))
    told = [item.message.values for item in checklist_of(begin(ada)) if item.message.key == "checklist.begun_apart"]
    assert told == [{"people": ["bo"], "store": "S-1"}]
    done = take_over(ada, "S-1")
    assert (done.count, [(each.subject, each.there_counts) for each in done.differing]) == (2, [("E1", True)])
    assert "E1 was said otherwise" in "\n".join(taken_over_lines(done, Catalogue("en")))
    visit = begin(ada).visit
    assert (visit.answers, dict(visit.notes)) == ({"E1": 70, "W2": True}, {"W1": "the pump leaks"})
    assert who_entered(ada) == {"E1": "bo", "W2": "ada", "W1": "bo"}
    assert not unsettled(ada, "S-1")
    assert refusal(lambda: take_over(ada, "S-1")) == "laptops.nothing_left_over"
    begin(bo).answer("fresh", Fraction(20))  # without knowing of that
    exchange(team, ada, bo)
    assert [len(unsettled(laptop, "S-1").begun_apart) for laptop in (ada, bo)] == [1, 1]
    assert take_over(ada, "S-1").count == 1
    came = team.send(ada, bo)
    assert "what bo began apart was taken into another draft" in "\n".join(unpacked_lines(came, Catalogue("en")))
    exchange(team, ada, bo)
    assert begin(bo).assessment.ulid == own.ulid
    assert begin(bo).visit.answers["fresh"] == 20
    assert journal_faults(ada) == journal_faults(bo) == []


def test_a_draft_that_was_taken_in_and_handed_in_elsewhere_without_knowing_of_that_counts(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    begin(ada).answer("W2", True)
    fill(begin(bo))
    team.send(bo, ada)
    take_over(ada, "S-1")
    seal = submit(bo, "S-1").seal
    exchange(team, ada, bo)
    for laptop in (ada, bo):
        assert begin(laptop).assessment.seal == seal
        assert begin(laptop).assessment.counts
        assert [[row.assessor for row in group] for group in unsettled(laptop, "S-1").begun_apart] == [["bo", "ada"]]


def test_a_draft_that_was_begun_apart_from_a_sealed_visit_neither_hides_it_nor_is_lost(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    fill(begin(ada))
    seal = submit(ada, "S-1").seal
    begin(bo).note("W1", "the pump leaks")
    head = team.laptop("head")
    for source in (bo, ada):
        team.send(source, head)
    assert begin(head).assessment.seal == seal
    assert [row.seal for row in head.storage.assessments.listed("2026")] == [seal]
    assert refusal(lambda: take_over(head, "S-1")) == "laptops.reopen_first"
    assert "after `greenstar reopen S-1" in "\n".join(unsettled_lines(unsettled(head, "S-1"), Catalogue("en")))
    reopen(head, "S-1", "bo saw more")
    take_over(head, "S-1")
    assert begin(head).visit.notes["W1"] == "the pump leaks"
    exchange(team, ada, bo, head)
    assert [bool(unsettled(laptop, "S-1")) for laptop in (ada, bo, head)] == [False, False, False]


def test_a_visit_that_was_decided_on_and_withdrawn_elsewhere_is_so_here(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    fill(begin(ada))
    submit(ada, "S-1")
    decided = decide(ada, "S-1")
    team.send(ada, bo)
    (row,) = bo.storage.assessments.of_store("S-1")
    assert (row.status, row.certificate, row.last_day) == (Status.DECIDED, decided.certificate, decided.last_day)
    withdraw(bo, "S-1", "the store closed")
    exchange(team, ada, bo)
    assert ada.storage.assessments.of_store("S-1")[0].status is Status.WITHDRAWN


def test_a_decision_that_knew_nothing_of_a_withdrawal_is_overruled_and_told_on_both_laptops(team: Team) -> None:
    (ada,) = shared(team, "ada")
    fill(begin(ada))
    submit(ada, "S-1")
    bo = team.laptop("bo", hours=24)
    team.send(ada, bo)
    withdraw(ada, "S-1", "the wrong store")
    decide(bo, "S-1")
    for source, target in ((ada, bo), (bo, ada)):
        came = team.send(source, target)
        assert [event.by for event in came.visits[0].overruled] == ["bo"]
        assert came.visits[0].row.status is Status.WITHDRAWN
        for language, words in (("en", "bo decided on it at"), ("zh", "bo 于")):
            assert words in "\n".join(unpacked_lines(came, Catalogue(language)))
        assert team.send(source, target).visits == []  # once it is known, it is not told again
    exchange(team, ada, bo)


def test_a_seal_that_two_decided_on_apart_on_either_side_of_new_year_is_taken_in_by_everybody(team: Team) -> None:
    (ada,) = shared(team, "ada")
    fill(begin(ada))
    submit(ada, "S-1")
    bo, cy = team.laptop("bo", hours=24 * 240), team.laptop("cy")
    team.send(ada, bo)
    numbers = [decide(laptop, "S-1").certificate or "" for laptop in (ada, bo)]
    assert [number[:8] for number in numbers] == ["GS-2026-", "GS-2027-"]
    exchange(team, ada, bo)
    assert ada.storage.assessments.of_store("S-1")[0].certificate == numbers[1]  # of two decisions the later counts
    exchange(team, bo, cy)


def test_a_row_that_was_changed_by_hand_here_keeps_nobody_from_taking_over_what_came(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    fill(begin(ada))
    submit(ada, "S-1")
    decide(ada, "S-1")
    team.send(ada, bo)
    file = database_of(bo)
    for (trigger,) in file.tuples("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        file.execute(f"DROP TRIGGER {trigger}")
    file.execute("UPDATE assessment SET certificate = 'GS-2026-by-hand'")
    assert team.send(ada, bo).same == 1
    assert damage(bo)


def test_a_certificate_number_that_was_given_to_another_visit_here_is_refused(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    with patch("greenstar.services.visit.lifecycle.certificate_number", return_value="GS-2026-0001"):
        for laptop, code in ((ada, "S-1"), (bo, "S-2")):
            fill(begin(laptop, code))
            submit(laptop, code)
            decide(laptop, code)
    before = known(bo)
    assert refusal(lambda: team.send(ada, bo)) == "bundle.certificate_taken"
    assert known(bo) == before


def test_pages_of_stores_come_together_field_by_field(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    edit_store(ada, "S-1", name="Wuxi Motors")
    edit_store(bo, "S-1", city="Suzhou")
    set_fact(ada, "S-1", "area_m2", Fraction(100))
    set_fact(bo, "S-1", "area_m2", Fraction(200))
    exchange(team, ada, bo)
    store = ada.storage.stores.get("S-1")
    assert store is not None
    assert (store.name, store.city) == ("Wuxi Motors", "Suzhou")
    page = unsettled(ada, "S-1").page
    assert page is not None
    (clash,) = page.clashes
    assert clash.part.subject == "area_m2"
    settle(ada, "S-1", "area_m2", 1)
    exchange(team, ada, bo)
    assert bo.storage.stores.facts("S-1")["area_m2"] == clash.sides[0].content
    edit_store(ada, "S-1", name="Wuxi Cars")
    edit_store(bo, "S-1", name="Wuxi Autos")
    told = "\n".join(unpacked_lines(team.send(ada, bo), Catalogue("en")))
    assert "name was changed on several laptops" in told
    exchange(team, ada, bo)
    settle(bo, "S-1", "name", 1)
    exchange(team, ada, bo)
    assert not unsettled(ada, "S-1")


def test_half_typed_text_stays_where_it_was_typed(team: Team) -> None:
    ada, bo = shared(team, "ada", "bo")
    drafts.keep(bo, "S-1", begin(bo).assessment.id, "E1", "5")
    begin(ada).answer("W2", True)
    team.send(ada, bo)
    assert bo.storage.drafts.texts("S-1", begin(bo).assessment.id) == {"E1": "5"}


def test_a_copied_database_is_told_and_gets_an_identity_of_its_own(team: Team) -> None:
    (ada,) = shared(team, "ada")
    ada.storage.make_whole()
    shutil.copyfile(path_of(ada), team.folder / "bo.db")
    bo = team.laptop("bo")
    assert bo.storage.events.database_id() == ada.storage.events.database_id()
    begin(ada).answer("W2", True)
    begin(bo).answer("fresh", Fraction(5))
    assert team.send(ada, bo).twin
    assert bo.storage.events.database_id() != ada.storage.events.database_id()
    exchange(team, ada, bo)
    assert not team.send(ada, bo).twin
    assert begin(bo).visit.answers == {"E1": 50, "W2": True, "fresh": 5}
