"""Recording answers files: answer by answer, each change an event, all of a visit or nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.assessment.answers_file import AnswersFile, read_answers_files
from greenstar.assessment.model import AssessmentKind, Store, Visit
from greenstar.errors import BadFile, BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.reports.text.problems import problem_lines
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.model import Scheme
from greenstar.services.evidence.evidence import of_visit
from greenstar.services.findings.findings import ChangedMeanwhile, close, findings_of
from greenstar.services.results.ranking import league
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.stores.stores import find_store
from greenstar.services.visit.answers_files import AnswersFiles
from greenstar.services.visit.codec import load
from greenstar.services.visit.history import undo
from greenstar.services.visit.import_answers import record, record_each
from greenstar.services.visit.lifecycle import submit, withdraw
from greenstar.services.visit.merge import tally
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.recording import Recorded, Recording
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import Keeping
from tests.builders import as_written
from tests.evidence_files import examples_with_files
from tests.exported import answers_json
from tests.journals import journal_faults
from tests.services.conftest import SCHEME, Clock, Opener, events_of

Read = Callable[[str], AnswersFile]

PAPER = """
    store: {code: P-1, name: Paper store, city: Wuxi, region: East, facts: {has_wash: true, area_m2: 70}}
    cycle: "2026"
    assessor: Bob
    visited: 2026-05-11
    answers: {fresh: 10, used: 100, E1: 86.7}
    notes: {W1: "read [twice]"}
    evidence: {W1: [{file: meters.jpg, verified: true}, {file: log.pdf}]}
    findings: [{criterion: W2, severity: minor, text: no lid, due: 2026-08-01}]
"""


def as_filed(visit: Visit) -> Visit:
    """The visit without the ids that its findings got."""
    return replace(visit, findings=tuple(map(as_written, visit.findings)))


REPLACE = Recording(replace=True)


def tallied(recorded: Recorded) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """How much was added, changed and taken away, by kind."""
    counts = tally(recorded.changes)
    return dict(counts.added), dict(counts.changed), dict(counts.removed)


def test_a_recorded_visit_is_the_visit_of_the_file_with_the_bytes_of_its_evidence(
    workspace: Workspace, answers: Read
) -> None:
    file = answers(PAPER)
    (recorded,) = record(workspace, file)
    assert (recorded.store, recorded.cycle, recorded.answers, recorded.named_only) == ("P-1", "2026", 3, 0)
    assert tallied(recorded) == ({"fact": 2, "answer": 3, "note": 1, "evidence": 2, "finding": 1}, {}, {})
    opened = open_visit(workspace, "P-1")
    assert as_filed(replace(opened.visit, evidence={})) == replace(file.visit, evidence={})
    (meters, log) = opened.visit.evidence["W1"]
    assert (meters.file, meters.verified, log.file, log.verified) == ("meters.jpg", True, "log.pdf", False)
    assert [entry.keeping for entry in of_visit(opened)] == [Keeping.KEPT, Keeping.KEPT]
    assert opened.scorecard.total == 60 + Fraction("26.01")
    assert opened.assessment.assessor == "Bob"


def test_recording_a_file_again_changes_nothing(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    before = len(events_of(workspace))
    for how in (Recording(), REPLACE):
        (recorded,) = record(workspace, answers(PAPER), how=how)
        assert (recorded.changes, len(events_of(workspace))) == ((), before)


def test_a_note_that_begins_as_json_does_is_a_note(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    for note in ("{{ 7*7 }}", '{"value": 3}', "3", "{plain"):
        said = f'{{"store": {{"code": "P-1"}}, "cycle": "2026", "notes": {{"E1": {json.dumps(note)}}}}}'
        record(workspace, answers(said))
        assert open_visit(workspace, "P-1").visit.notes["E1"] == note


def test_a_second_file_adds_and_changes_and_leaves_what_it_does_not_mention(
    workspace: Workspace, answers: Read
) -> None:
    record(workspace, answers(PAPER))
    before = len(events_of(workspace))
    (recorded,) = record(
        workspace,
        answers("""
            store: {code: P-1, facts: {area_m2: 80}}
            cycle: "2026"
            assessor: Cem
            answers: {fresh: 20, W2: true}
            notes: {E1: counted}
            evidence: {W1: [{file: log.pdf, caption: the log}], W2: [{file: lid.jpg}]}
            findings:
              - {criterion: W2, severity: minor, text: no lid, closed: 2026-05-10}
              - {criterion: W2, severity: major, text: no lid}
        """),
    )
    assert tallied(recorded) == (
        {"answer": 1, "note": 1, "evidence": 1, "finding": 1},
        {"fact": 1, "answer": 1, "evidence": 1, "finding": 1, "assessor": 1},
        {},
    )
    assert [(kind, subject) for kind, subject, _, _ in events_of(workspace)[before:]] == [
        ("fact", "area_m2"),
        ("fact", "area_m2"),  # of the visit, and of the store's page
        ("answer", "fresh"),
        ("answer", "W2"),
        ("note", "E1"),
        ("evidence", "W1"),
        ("evidence", "W2"),
        ("finding", "W2"),
        ("assessor", None),
    ]
    visit = open_visit(workspace, "P-1").visit
    assert visit.answers == {"fresh": 20, "used": 100, "E1": Fraction("0.867"), "W2": True}
    assert visit.facts == {"has_wash": True, "area_m2": 80}
    assert visit.notes == {"W1": "read [twice]", "E1": "counted"}
    assert [(piece.file, piece.verified, piece.caption) for piece in visit.evidence["W1"]] == [
        ("meters.jpg", True, ""),
        ("log.pdf", False, "the log"),
    ]
    assert [(finding.severity, finding.due, finding.closed) for finding in visit.findings] == [
        ("minor", date(2026, 8, 1), date(2026, 5, 10)),
        ("major", None, None),
    ]
    by = {row["key"]: row["by"] for row in workspace.storage.contents.full("answer", [assessment(workspace)])[1]}
    assert by == {"fresh": "Cem", "used": "Bob", "E1": "Bob", "W2": "Cem"}


def test_replacing_makes_the_visit_exactly_what_the_file_says(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    before = len(events_of(workspace))
    changed = PAPER.replace("fresh: 10", "fresh: 20").replace(", E1: 86.7", "").replace("no lid", "no cover")
    without_note = changed.replace('notes: {W1: "read [twice]"}', "not_applicable: {E1: no lamps at all}")
    (recorded,) = record(workspace, answers(without_note), how=REPLACE)
    kinds = events_of(workspace)[before:]
    assert [(kind, subject) for kind, subject, _, _ in kinds] == [
        ("answer", "fresh"),
        ("answer", "E1"),
        ("exemption", "E1"),
        ("note", "W1"),
        ("finding", "W2"),
    ]
    assert kinds[0][2:] == ('"10"', '"20"')
    assert kinds[1][2:] == ('"86.7"', None)
    assert tallied(recorded)[2] == {"answer": 1, "note": 1, "finding": 1}
    assert open_visit(workspace, "P-1").visit.answers == {"fresh": 20, "used": 100}


def test_files_that_add_up_to_more_evidence_than_a_criterion_may_have_are_refused(
    workspace: Workspace, answers: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenstar.services.visit.draft_writer.MOST_ENTRIES", 2)
    record(workspace, answers(PAPER))
    with pytest.raises(BadFile) as caught:
        record(workspace, answers("{store: {code: P-1}, cycle: '2026', evidence: {W1: [{file: third.png}]}}"))
    assert caught.value.problems[0].message.key == "evidence.too_many"


def test_a_file_takes_answers_away_that_it_names(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    (recorded,) = record(workspace, answers('{store: {code: P-1}, cycle: "2026", remove: [E1, W2]}'))
    assert tallied(recorded) == ({}, {}, {"answer": 1})
    assert open_visit(workspace, "P-1").visit.answers == {"fresh": 10, "used": 100}
    with pytest.raises(BadFile) as caught:
        answers("{store: {code: P-1}, answers: {E1: 50}, remove: [E1, E2]}")
    assert [problem.message.key for problem in caught.value.problems] == [
        "answers.removed_and_answered",
        "answers.unknown_question",
    ]


def test_the_file_is_the_reason_of_its_events(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    events = workspace.storage.events.of_visit(assessment(workspace))
    assert {event.because for event in events if event.kind == "answer"} == {"answers.yaml"}
    assert journal_faults(workspace) == []


def test_recording_goes_on_in_the_draft_that_an_assessor_began(
    workspace: Workspace, visit: OpenVisit, answers: Read
) -> None:
    visit.answer("W2", True)
    record(workspace, answers('{store: {code: S-1}, cycle: "2026", answers: {used: 100}}'))
    visit.refresh()
    assert visit.visit.answers == {"W2": True, "used": 100}
    record(workspace, answers('{store: {code: S-1}, cycle: "2026", answers: {used: 100}}'), how=REPLACE)
    visit.refresh()
    assert visit.visit.answers == {"used": 100}
    assert visit.visit.store == Store("S-1", "First", "Wuxi", "East")
    assert visit.visit.facts == {"has_wash": True}  # a file that is silent on the facts leaves them


def test_a_draft_by_another_version_is_not_added_to(
    workspace: Workspace, answers: Read, small: Scheme, tmp_path: Path
) -> None:
    record(workspace, answers(PAPER))
    newer = tmp_path / "newer.yaml"
    newer.write_text(SCHEME.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    file = replace(answers(PAPER), scheme=find_scheme(str(newer)))
    with pytest.raises(BadFile) as caught:
        record(workspace, file)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.message.values["version"]) == ("answers.draft_of_other_version", small.version)
    assert (problem.key, problem.mark.line, problem.mark.column) == ("", 2, 1)  # the file says nothing of its scheme


@pytest.mark.parametrize(("key", "line"), [("version", 3), ("scheme", 2)])
def test_rules_that_are_refused_are_pointed_at_where_the_file_names_them(
    workspace: Workspace, answers: Read, tmp_path: Path, key: str, line: int
) -> None:
    record(workspace, answers(PAPER))
    other = tmp_path / "other.yaml"
    change = {"version": ('version: "1"', 'version: "2"'), "scheme": ("points: 10\n", "points: 11\n")}[key]
    other.write_text(SCHEME.replace(*change), encoding="utf-8")
    file = answers('\nscheme: small\nversion: "1"\nstore: {code: P-1}\ncycle: "2026"\n')
    with pytest.raises(BadFile) as caught:
        record(workspace, replace(file, scheme=find_scheme(str(other))))
    (problem,) = caught.value.problems
    assert (problem.key, problem.mark.line, problem.mark.column) == (key, line, len(key) + 3)


def test_a_submitted_visit_is_not_recorded_over_and_nothing_of_the_same_call_is_kept(
    workspace: Workspace, answers: Read
) -> None:
    record(workspace, answers(PAPER))
    submit(workspace, "P-1")
    before = events_of(workspace)
    other = answers('{store: {code: P-9}, cycle: "2026", answers: {W2: true}}')
    with pytest.raises(BadFile) as caught:
        record(workspace, other, answers(PAPER.replace("fresh: 10", "fresh: 20")))
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line) == ("storage.sealed", 2)
    assert events_of(workspace) == before
    with pytest.raises(BadInput):
        find_store(workspace, "P-9")


@pytest.mark.parametrize("code", ["P-1", "p-1"])
def test_a_visit_that_is_there_twice_is_refused_with_both_places(
    workspace: Workspace, answers: Read, code: str
) -> None:
    second = answers(f'\n\nstore: {{code: {code}}}\ncycle: "2026"\nanswers: {{W2: true}}')
    with pytest.raises(BadFile) as caught:
        record(workspace, answers(PAPER), second)
    (problem,) = caught.value.problems
    assert (problem.message.key, problem.mark.line) == ("answers.repeated_store", 3)
    assert problem.message.values["line"] == "2"
    record(
        workspace, answers(PAPER), replace(second, visit=replace(second.visit, cycle="2027", store=Store("P-1", "P-1")))
    )


def test_a_check_visit_is_an_assessment_of_its_own_and_changes_nothing_of_the_visit_or_the_store(
    workspace: Workspace, answers: Read
) -> None:
    record(workspace, answers(PAPER))
    submit(workspace, "P-1")
    before, page = open_visit(workspace, "P-1").visit, workspace.storage.stores.facts("P-1")
    second = PAPER.replace("Bob", "Cem").replace("fresh: 10", "fresh: 20").replace("70", "80").replace("Wuxi", "Suzhou")
    second = second.replace("East", "South")
    (recorded,) = record(workspace, answers(second), how=Recording(check_visits=True))
    assert (recorded.kind, tallied(recorded)[0]["answer"]) == (AssessmentKind.CHECK_VISIT, 3)
    (row,) = workspace.storage.assessments.check_drafts("P-1", "2026", "small")
    assert (row.assessor, row.city, row.counts) == ("Cem", "Suzhou", False)
    assert load(workspace.storage, row.id, answers(PAPER).scheme).facts["area_m2"] == 80
    assert workspace.storage.stores.facts("P-1") == page
    assert find_store(workspace, "P-1").city == "Wuxi"
    assert open_visit(workspace, "P-1").visit == before
    assert [entry.entry.store for entry in league(workspace).stores] == ["P-1"]
    assert workspace.storage.cycles.all() == ["2026"]
    assert "South" not in workspace.storage.stores.regions()


def test_each_assessor_has_a_check_visit_of_their_own_which_a_second_file_merges_into(
    workspace: Workspace, answers: Read
) -> None:
    text = "{{store: {{code: P-1}}, cycle: '2026', check_visit: true, assessor: {}, answers: {{W2: {}}}}}"
    for assessor, answer in (("Ann", "true"), ("Cem", "true"), ("ANN", "false")):
        record(workspace, answers(text.format(assessor, answer)))
    rows = workspace.storage.assessments.check_drafts("P-1", "2026", "small")
    assert [row.assessor for row in rows] == ["Cem", "Ann"]
    assert open_visit(workspace, "P-1").visit.answers == {}
    check_visits = [answers(text.format(assessor, "true")) for assessor in ("Ann", "Cem")]
    record(workspace, *check_visits)
    with pytest.raises(BadFile):
        record(workspace, *check_visits, check_visits[0])


def test_check_visits_are_exported_as_such_and_taken_back(
    workspace: Workspace, answers: Read, small_scheme: Path, tmp_path: Path, small: Scheme
) -> None:
    record(workspace, answers(PAPER))
    record(workspace, answers(PAPER.replace("Bob", "Cem")), how=Recording(check_visits=True))
    path = tmp_path / "all.json"
    path.write_text(answers_json(workspace), encoding="utf-8")
    assert [document.get("check_visit") for document in json.loads(path.read_text(encoding="utf-8"))] == [None, True]
    files = list(read_answers_files(path, lambda _name, _base: small))
    with Workspace.open(tmp_path / "other.db", scheme=str(small_scheme)) as other:
        taken = record(other, *files, how=Recording(without_files=True))
        assert [each.kind for each in taken] == [AssessmentKind.VISIT, AssessmentKind.CHECK_VISIT]


def assessment(workspace: Workspace, code: str = "P-1") -> int:
    """The number of the store's visit."""
    return open_visit(workspace, code).assessment.id


def test_after_a_withdrawal_the_next_revision_is_recorded(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    submit(workspace, "P-1")
    withdraw(workspace, "P-1", "wrong store")
    record(workspace, answers(PAPER))
    assert open_visit(workspace, "P-1").assessment.revision == 2


def test_a_contradiction_is_refused_at_its_place_and_nothing_is_kept(workspace: Workspace, answers: Read) -> None:
    before = events_of(workspace)
    with pytest.raises(BadFile) as caught:
        record(workspace, answers(PAPER.replace("fresh: 10", "fresh: 101")))
    (problem,) = caught.value.problems
    assert (problem.mark.line, problem.message.key) == (6, "answers.refused_by_check")
    assert events_of(workspace) == before
    with pytest.raises(BadInput):
        find_store(workspace, "P-1")


def test_a_contradiction_with_what_was_recorded_before_says_what_that_is(workspace: Workspace, answers: Read) -> None:
    record(workspace, answers(PAPER))
    with pytest.raises(BadFile) as caught:
        record(workspace, answers('{store: {code: P-1}, cycle: "2026",\n answers: {E1: 1, used: 9}}'))
    assert next(problem_lines(caught.value, Catalogue("en"))).endswith("answers.yaml:2:25: W1: Fresh cannot exceed all")
    assert caught.value.problems[0].hint == Phrase("answers.recorded_before", names=("fresh",))


def test_a_file_without_a_cycle_is_of_the_workspaces(opened: Opener, answers: Read) -> None:
    with opened(cycle="2031") as workspace:
        record(workspace, answers("{store: {code: P-2}, answers: {W2: true}}"))
        recorded = open_visit(workspace, "P-2")
        assert (recorded.assessment.cycle, recorded.visit.store.name) == ("2031", "P-2")


@pytest.mark.parametrize("code", ["A" * 41, "s_1/2"])
def test_a_store_code_that_cannot_be_is_refused(workspace: Workspace, answers: Read, code: str) -> None:
    with pytest.raises(BadInput):
        record(workspace, answers(f"{{store: {{code: {code}}}, answers: {{W2: true}}}}"))


@pytest.mark.parametrize("name", sorted(path.name for path in (SHIPPED_SCHEME / "examples").glob("*.yaml")))
def test_the_shipped_examples_score_the_same_after_recording(opened: Opener, clock: Clock, name: str) -> None:
    clock.at = datetime(2026, 7, 1, tzinfo=UTC)
    scheme = find_scheme(None)
    (file,) = read_answers_files(examples_with_files() / name, lambda _name, _base: scheme)
    assert file.expect is not None
    with opened(scheme="leading-green-star") as workspace:
        (recorded,) = record(workspace, file)
        visit = open_visit(workspace, recorded.store)
        assert as_filed(replace(visit.visit, evidence={})) == replace(file.visit, evidence={})
        assert (visit.scorecard.total, visit.scorecard.level) == (file.expect.total, file.expect.level)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("visited: 2026-05-11", "visited: {}"),
        ("due: 2026-08-01", "due: 2026-08-01, closed: {}"),
        ("{file: log.pdf}", '{{file: log.pdf, taken_at: "{}T12:00:00Z"}}'),
    ],
)
def test_a_day_that_has_not_come_is_not_recorded_with_a_days_grace(
    workspace: Workspace, answers: Read, written: str, instead: str
) -> None:
    with pytest.raises(BadFile) as caught:
        record(workspace, answers(PAPER.replace(written, instead.format("2026-05-14"))))
    (problem,) = caught.value.problems
    assert problem.message.key == "answers.to_come"
    assert problem.mark.line == 1 + next(at for at, line in enumerate(PAPER.splitlines()) if written in line)
    with pytest.raises(BadInput):
        find_store(workspace, "P-1")
    record(workspace, answers(PAPER.replace(written, instead.format("2026-05-13"))))


def test_a_files_time_is_a_day_or_a_time_so_none_to_come_gets_by_in_another_spelling(answers: Read) -> None:
    for written in ("2026-05-12", "2026-05-12 10:00", "2026-05-12T10:00:00+08:00", "2026-05-12T10:00:00.000Z"):
        (piece,) = answers(
            PAPER.replace("{file: log.pdf}", f'{{file: log.pdf, taken_at: "{written}"}}')
        ).visit.evidence["W1"][1:]
        assert piece.taken_at == written
    for written in (
        "in spring",
        "yesterday",
        "2026",
        "20310512",
        "2031/05/12",
        "12.5.2031",
        "2026-13-45T00:00:00Z",
        "２０３１-05-12",
    ):
        with pytest.raises(BadFile) as caught:
            answers(PAPER.replace("{file: log.pdf}", f'{{file: log.pdf, taken_at: "{written}"}}'))
        assert "expected a day or a time such as" in next(problem_lines(caught.value, Catalogue("en"))), written


LIST = """[{"store": {"code": "L-1"}, "cycle": "2026", "answers": {"W2": true}},
 {"store": {"code": "L-2"}, "cycle": "2026", "answers": {"W2": false}}]"""


@pytest.mark.parametrize("held", [0, 1, 100])
def test_a_list_is_recorded_alike_whether_its_visits_are_held_or_read_anew(
    workspace: Workspace, small: Scheme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    monkeypatch.setattr("greenstar.services.visit.answers_files._MOST_HELD", held)
    (tmp_path / "visits.json").write_text(LIST, encoding="utf-8")
    files = AnswersFiles([tmp_path / "visits.json"], lambda _name, _base: small)
    told = record_each(workspace, files, Recording(), lambda recorded: (recorded.store, recorded.answers))
    assert told == [("L-1", 1), ("L-2", 1)]


def test_what_is_wrong_in_several_visits_of_a_list_is_told_and_quoted_at_once(
    workspace: Workspace, small: Scheme, tmp_path: Path
) -> None:
    first_in_2031 = LIST.replace('"2026", "answers"', '"2026", "visited": "2031-01-01", "answers"', 1)
    path = tmp_path / "visits.json"
    path.write_text(first_in_2031.replace("L-2", "L-1"), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        record_each(workspace, AnswersFiles([path], lambda _name, _base: small), Recording(), str)
    lines = list(problem_lines(caught.value, Catalogue("en")))
    assert [line.strip()[:12] for line in lines if '"code"' in line] == ['{"store": {"'] * 2
    assert [problem.message.key for problem in caught.value.problems] == ["answers.to_come", "answers.repeated_store"]


def test_what_an_undo_puts_back_is_still_whose_it_was_and_as_old(
    opened: Opener, workspace: Workspace, answers: Read
) -> None:
    def whose() -> list[object]:
        rows = (workspace.storage.contents.entries(kind, assessment(workspace)) for kind in ("finding", "evidence"))
        return [(row["by"], row.get("found_at") or row["at"]) for table in rows for row in table]

    record(workspace, answers(PAPER))
    before = whose()
    later = opened(assessor="Cem")
    record(later, answers('{store: {code: P-1}, cycle: "2026", assessor: Cem}'), how=REPLACE)
    assert whose() == []
    visit = open_visit(later, "P-1")
    while undo(visit) is not None:
        if whose() and len(whose()) == len(before):
            break
    assert whose() == before


def test_a_finding_that_was_recorded_over_is_known_as_changed_to_a_window_that_shows_it(
    workspace: Workspace, answers: Read
) -> None:
    record(workspace, answers(PAPER))
    visit = open_visit(workspace, "P-1")
    (shown,) = findings_of(visit)
    record(workspace, answers(PAPER.replace("due: 2026-08-01", "due: 2026-09-01, owner: Ms Li")))
    with pytest.raises(ChangedMeanwhile) as caught:
        close(visit, shown)
    assert caught.value.theirs is not None
    assert (caught.value.theirs.finding.owner, caught.value.by) == ("Ms Li", "Ada")
