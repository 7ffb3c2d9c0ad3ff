"""A visit line by line: the same recording as on the screen, for ears, serial lines and scripts."""

import io
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from greenstar.assessment.model import Finding
from greenstar.cli.plain.commands import COMMANDS
from greenstar.errors import INTERRUPTED
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.services.evidence.evidence import attach, of_criterion, set_verified
from greenstar.services.findings.findings import add
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.cli.conftest import EXAMPLES, Called, Greenstar

STORE = "NB-006"
Lines = Callable[..., Called]


@pytest.fixture
def home(recorded: Callable[..., Path], tmp_path: Path) -> Path:
    """A store whose facts are known, and nothing is answered."""
    shutil.copytree(recorded(str(EXAMPLES / "open.yaml")), tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def lines(greenstar: Greenstar, home: Path, monkeypatch: pytest.MonkeyPatch) -> Lines:  # noqa: ARG001 - it is there
    """Gives the program lines, as a pipe does."""

    def give(*given: str, language: str = "en", end: str = "\n", store: str = STORE) -> Called:
        text = "\n".join(given) + end
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape"))))
        return greenstar("--assessor", "A. Assessor", "--lang", language, "assess", store, "--plain")

    return give


class Person(io.StringIO):
    """A terminal at which somebody types, until they press ctrl+c."""

    @override
    def isatty(self) -> bool:
        return True

    @override
    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override] # as the base allows
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


def rows(home: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(home / "greenstar.db")) as database:
        return database.execute(query).fetchall()


def answers(home: Path) -> dict[str, str]:
    return dict(rows(home, "SELECT question, value FROM answer"))


def test_a_visit_goes_on_question_by_question_and_says_what_each_line_came_to(lines: Lines, home: Path) -> None:
    done = lines("1", "yes", "", "", ":status")
    assert (done.code, done.err) == (0, "")
    told = done.out.splitlines()
    assert told[0] == "Green Star. Store NB-006, Not yet visited (sample), cycle 2026, draft."
    assert (
        "MGT-P1, prerequisite: Permits in order; no unresolved serious environmental violation in 12 months."
        in done.out
    )
    assert "Question 1 of 2: Are all permits that this store needs" in done.out
    assert told.index("1: yes") + 1 == told.index("2: no")
    assert "MGT-P1: met; all of it is fulfilled" in told
    assert "1 of 59 criteria answered." in told
    assert told[-1] == "Everything that was recorded is saved. The visit goes on here next time."
    assert set(answers(home).values()) == {"true"}
    again = lines()
    assert "Criterion 3 of 60" in again.out  # two empty lines went past the second
    assert "\x1b" not in done.out + again.out


def test_a_fact_that_settles_a_criterion_or_leaves_it_waiting_says_so(greenstar: Greenstar, lines: Lines) -> None:
    assert greenstar("stores", "add", "W-1", "--name", "Wuxi").code == 0
    told = lines(":go WAT-06", "yes", ":go POL-P2", "no", store="W-1").out.splitlines()
    assert told[told.index("WAT-06: not answered") + 1].startswith("not answered yet: Main washing method, at WAT-P1.")
    assert "POL-P2: not applicable; does not apply to this store" in told


def test_chinese_is_spoken_throughout_and_its_colon_and_commands_are_understood(lines: Lines, home: Path) -> None:
    done = lines("是", "2", "：备注 已当面核对", "：转到 MGT-01", "3", "：帮助", language="zh")
    assert (done.code, done.err) == (0, "")
    assert "第 1 题，共 2 题：应办的环保手续是否齐全有效" in done.out
    assert "3：另有公示的年度量化目标（2 分）" in done.out
    assert "已记录：另有公示的年度量化目标。" in done.out
    assert "：转到 条款编号、问题名或文字：转到某个条款或问题" in done.out
    assert rows(home, "SELECT text FROM note") == [("已当面核对",)]
    assert not [text for text in done.out.splitlines() if ": " in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_name_of_its_own_that_is_a_single_word(language: str) -> None:
    names = [Catalogue(language).say(f"plain.name_{name}") for name in COMMANDS]
    assert len(set(names)) == len(COMMANDS)
    assert not [name for name in names if name != name.strip().lower() or " " in name]


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(lines: Lines, home: Path) -> None:
    done = lines(":go pv_used_kwh", "50.000", "2")
    assert "50.000 can be read in two ways. Which one is meant?" in done.out
    assert "2: 50 000 kWh" in done.out
    assert answers(home)["pv_used_kwh"] == '"50000"'
    assert "Recorded: 84.12 kWh (1284.62-1200.5)." in lines(":go pv_used_kwh", "1284.62-1200.5").out
    other = lines(":go pv_used_kwh", "6,200", "6200")  # typed anew instead
    assert other.code == 0
    assert answers(home)["pv_used_kwh"] == '"6200"'
    assert not rows(home, "SELECT text FROM draft")


def test_several_options_are_given_by_their_numbers_ids_or_words_and_none_by_0(lines: Lines, home: Path) -> None:
    lines(":go light_controls", "1，夜间关闭展示照明")
    assert answers(home)["light_controls"] == '["zoning","night_off"]'
    lines(":go light_controls", "0")
    assert answers(home)["light_controls"] == "[]"


def test_a_script_ends_at_the_line_that_is_refused_so_that_none_answers_another_question(
    lines: Lines, home: Path
) -> None:
    done = lines("1", "perhaps", "1", "1")
    assert done.code == 2
    assert done.err.startswith(
        "Line 2 was not taken; everything before it is saved, nothing after it was read: perhaps is none of"
    )
    assert len(answers(home)) == 1
    assert not rows(home, "SELECT text FROM draft")  # the screen keeps picks there, and not words
    for line, why in ((":nothing", "There is no command nothing"), (":go Atlantis", "No criterion is called Atlantis")):
        assert why in lines(line).err
    assert "longer than 20,000" in lines("x" * 30_000, "1").err
    assert "no text in its encoding" in lines("\udcff").err


def test_the_end_of_the_input_within_a_line_keeps_it_as_half_typed_and_answers_nothing(
    lines: Lines, home: Path
) -> None:
    done = lines(":go pv_used_kwh", "12", end="")
    assert "it is kept as half typed: 12" in done.out
    lines(":go MGT-P1", ":note half a no", end="")
    lines(":finding", "2", "half a find", end="")
    assert "so it was not done: 1" in lines("1", end="").out
    assert "so it was not done: :submit" in lines(":submit", end="").out
    kept = dict(rows(home, "SELECT field, text FROM draft"))
    assert (kept["pv_used_kwh"], kept["note:MGT-P1"]) == ("12", "half a no")
    assert not answers(home)
    shown = lines(":go pv_used_kwh", ":go MGT-P1", ":finding", "", "", "mend it", "", "")
    assert "Half typed, not recorded: 12" in shown.out
    assert "half typed, no note yet: half a no" in shown.out
    assert rows(home, "SELECT severity, text, action FROM finding") == [("minor", "half a find", "mend it")]


def test_a_criterion_gets_reasons_flags_evidence_and_findings_and_each_is_taken_back(
    lines: Lines, home: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "水表 1.jpg"
    photo.write_bytes(b"photo")
    told = lines(
        *(":go WAT-05", f":attach '{photo}'", ":caption 1 the meter", ":verify 1", ":evidence"),
        *(":finding", "1", "meter broken", "a new one", "B. Owner", "+30", ":close 1", ":findings"),
        *(":flag", ":note read twice", ":note", ":undo", ":redo", ":detach 1"),
        *(":go MGT-02", ":na the store shares the system of its group", ":back", ":list", ":check all", ":scorecard"),
    )
    assert (told.code, told.err) == (0, "")
    assert "1: 水表 1.jpg; the meter; verified" in told.out
    assert "1: major, closed " in told.out
    assert "WAT-05 is flagged." in told.out
    assert "Note: read twice" in told.out
    assert "Taken back: WAT-05 note" in told.out
    assert "Done again: WAT-05 note" in told.out
    assert rows(home, "SELECT text FROM note") == [("read twice",)]
    assert rows(home, "SELECT severity, owner FROM finding") == [("major", "B. Owner")]
    assert not rows(home, "SELECT * FROM evidence")
    assert "WAT-05: flagged to come back to" in told.out
    assert not [key for key in (*(f"f{number} " for number in range(1, 13)), "alt+", "esc ") if key in told.out]


@pytest.mark.slow
def test_the_last_visit_is_told_and_taken_over_answer_by_answer_and_its_findings_are_settled(
    lines: Lines, home: Path
) -> None:
    with Workspace.open(home / "greenstar.db", cycle="2025", assessor="B") as workspace:
        before = open_visit(workspace, STORE)
        (question,) = before.scheme.questions_of["MGT-01"]
        before.answer(question, next(iter(before.scheme.options(before.scheme.questions[question]))))
        before.answer("ww_test", list(before.scheme.options(before.scheme.questions["ww_test"]))[1])
        for text in ("meter broken", "no shields"):
            add(before, Finding("MGT-01", "minor", text))
        submit(workspace, STORE)
    done = lines(":go MGT-01", ":same", ":back", ":findings", ":submit")
    assert done.code == 2
    assert "In 2025: nothing signed. :same takes it over." in done.out
    assert "Open findings: 0; of the last visit, to settle: 2. :findings lists them." in done.out
    assert "2: minor, 2025: still open?: no shields" in done.out
    assert "It cannot be submitted yet: MGT-01 blocks it." in done.err
    settled = lines(":close 2", ":still 1", ":findings")
    assert "Closed today: no shields" in settled.out
    assert "Still open, a finding of this visit now: meter broken" in settled.out
    assert question in answers(home)
    assert "This is a finding of this visit" in lines(":still 1").err
    refused = lines(":go POL-01", ":same")  # of the months before a visit
    assert "In 2025: passed within 12 months. It is asked anew." in refused.out
    assert "the answer of 2025 is not this one's. Choose anew." in refused.err


def test_after_the_last_question_a_line_answers_nothing_and_own_words_may_begin_with_a_colon(
    greenstar: Greenstar, scheme_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "{why: {type: text, ask: Why?}, day: {type: date, ask: When?}}"
    scheme = scheme_file(second=f"{{id: B, title: B, prerequisite: true, questions: {asked}, met_if: \"why != 'x'\"}}")
    greenstar("stores", "add", "S-1", "--name", "S", "--scheme", scheme)

    def give(*given: str) -> Called:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(given).encode() + b"\n")))
        return greenstar("--assessor", "A", "--scheme", scheme, "assess", "S-1", "--plain")

    done = give("2", "::words", "2026-05-12", "too much")
    assert "Recorded: no." in done.out  # the fact that the first criterion waits for: it does not apply then
    assert "In your own words." in done.out
    assert "Recorded: :words." in done.out
    assert "A date, such as 2026-05-12." in done.out
    assert "B: met" in done.out
    assert "This was the last criterion." in done.out
    assert "Nothing is asked here, so this was not recorded: too much" in done.err
    assert done.code == 2


def test_what_is_open_is_said_before_a_visit_is_handed_in_and_only_yes_does(lines: Lines, home: Path) -> None:
    asked = lines("1", ":submit", "no")
    assert "1 of 59 criteria answered" not in asked.out
    assert "59 criteria" in asked.out
    assert "Not submitted." in asked.out
    done = lines(":submit", "yes", "1")
    assert done.code == 0
    assert rows(home, "SELECT status FROM assessment") == [("submitted",)]
    assert "NB-006" in done.out.splitlines()[-2]
    sealed = lines("1")
    assert "can only be read" in sealed.out
    assert sealed.code == 2


def test_what_submitting_brings_to_light_is_told(lines: Lines, home: Path, tmp_path: Path) -> None:
    photo = tmp_path / "meter.jpg"
    photo.write_bytes(b"a photo")
    with Workspace.open(home / "greenstar.db", assessor="A. Assessor") as workspace:
        visit, files = open_visit(workspace, STORE), workspace.storage.evidence
        attach(visit, "MGT-01", [files.take(photo)])
        (entry,) = of_criterion(visit, "MGT-01")
        set_verified(visit, entry, on=True)
        kept = files.path_of(entry.sha256)
        with workspace.storage.transaction():
            workspace.storage.closings.keep(
                "2026", revision=1, at=workspace.now(), by="Office", seal="ab" * 32, sealed="{}"
            )
    assert kept is not None
    kept.chmod(0o600)
    kept.write_bytes(b"a phota")  # as long as it was, so that only reading it tells
    done = lines(":submit", "yes")
    assert "MGT-01 meter.jpg" in done.out
    assert "The cycle 2026 is closed: its kept ranking stays as it is" in done.out
    assert rows(home, "SELECT status FROM assessment") == [("submitted",)]


def test_a_person_may_try_again_and_ctrl_c_keeps_all_that_was_recorded(
    greenstar: Greenstar, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Person("perhaps\ny\n"))
    done = greenstar("--assessor", "A. Assessor", "assess", STORE, "--plain")
    assert done.code == INTERRUPTED
    assert "! perhaps is none of the choices; type a number from the list" in done.out
    assert "> Recorded: yes." in done.out
    assert done.out.endswith("Everything that was recorded is saved. The visit goes on here next time.\n")
    assert list(answers(home).values()) == ["true"]
    assert rows(home, "SELECT entered_at FROM assessment") == [(None,)]


def test_without_any_input_nothing_is_changed(
    greenstar: Greenstar, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    done = greenstar("--assessor", "A. Assessor", "assess", STORE, "--plain")
    assert (done.code, done.err) == (0, "")
    assert not answers(home)


def test_what_another_window_did_is_taken_in_before_the_next_line(
    greenstar: Greenstar, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others() -> Iterator[str]:
        yield "1\n"
        with Workspace.open(home / "greenstar.db", assessor="B") as workspace:
            submit(workspace, STORE)
        yield "1\n"

    class Pipe(io.StringIO):
        script = others()

        @override
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override] # as the base allows
            return next(self.script, "")

    monkeypatch.setattr(sys, "stdin", Pipe())
    done = greenstar("--assessor", "A. Assessor", "assess", STORE, "--plain")
    assert done.code == 2
    assert "Another window changed this visit meanwhile" in done.out
    assert "submitted" in done.err
    assert len(answers(home)) == 1
