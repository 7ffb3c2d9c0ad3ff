"""The frame of the tortures: whatever goes wrong is told, with what shows it again."""

import re
from pathlib import Path

import pytest

from tests.rows import rows
from tests.torture.columns import UNCOVERED, columns, covered
from tests.torture.outcome import MOST_FAULTS, MissingError, Outcome, SkippedError
from tests.torture.running import do, main
from tests.torture.table import TORTURES, Length


def _loses_every_third(outcome: Outcome, number: int, _seed: int) -> None:
    for run in range(number):
        with outcome.run(f"run {run}"):
            assert run % 3, "an answer is gone"
            outcome.ended("held")


def _cannot_begin(_outcome: Outcome, _number: int, _seed: int) -> None:
    raise OSError("no such disk")


def test_what_is_lost_is_told_with_the_run_and_the_seed_that_show_it() -> None:
    report = do("example", "an example", 4, 77, _loses_every_third)
    assert report.failed
    line, first, second, again = report.lines()
    assert line.startswith("✗ example: an example: 4 runs, ")
    assert line.endswith(" s, 2 lost or unnoticed (held 2)")
    assert first.startswith("    run 0: AssertionError: an answer is gone")
    assert second.startswith("    run 3: ")
    assert again == "    again: python -m tests.torture example --number 4 --seed 77"


def test_a_torture_that_finds_too_much_ends_and_tells_it() -> None:
    report = do("example", "an example", 1_000, 77, _loses_every_third)
    assert len(report.outcome.faults) == MOST_FAULTS


def test_a_torture_that_cannot_begin_has_failed() -> None:
    report = do("example", "an example", 1, 77, _cannot_begin)
    assert report.failed
    assert "no such disk" in report.lines()[1]


@rows(
    ("error", "says"), [(ValueError("no room"), "ValueError: no room"), (SkippedError("no trace"), "skipped: no trace")]
)
def test_what_was_noted_before_a_torture_could_not_go_on_is_told(error: Exception, says: str) -> None:
    def script(outcome: Outcome, number: int, seed: int) -> None:
        _loses_every_third(outcome, number, seed)
        raise error

    report = do("example", "an example", 4, 77, script)
    assert report.failed
    told = "\n".join(report.lines())
    assert "4 runs" in told
    assert "run 3: AssertionError: an answer is gone" in told
    assert says in told


def test_what_cannot_be_done_here_says_why_and_a_missing_program_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    def skipped(error: SkippedError) -> tuple[bool, str]:
        def script(_outcome: Outcome, _number: int, _seed: int) -> None:
            raise error

        report = do("example", "an example", 1, 77, script)
        return report.failed, report.lines()[0]

    missing, forbidden = MissingError("strace is not installed"), SkippedError("no process may trace another here")
    monkeypatch.delenv("CI", raising=False)
    assert skipped(missing) == (False, "- example: skipped: strace is not installed")
    monkeypatch.setenv("CI", "true")
    assert skipped(missing) == (True, "✗ example: skipped: strace is not installed")
    assert skipped(forbidden) == (False, "- example: skipped: no process may trace another here")


def test_every_torture_of_the_table_has_a_script_and_is_done_in_every_length() -> None:
    for torture in TORTURES:
        assert callable(torture.script)
        assert all(torture.number(length) > 0 for length in Length)


def test_a_name_that_no_torture_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mergee"])
    assert "no torture 'mergee'" in capsys.readouterr().err


def test_every_column_is_named_as_covered_by_verifying_or_in_the_manual_as_uncovered() -> None:
    assert covered() | UNCOVERED.keys() == columns()
    assert not covered() & UNCOVERED.keys()
    manual = (Path(__file__).parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
    listed = {tuple(name.split(".")) for name in re.findall(r"[a-z_]+\.[a-z_]+", _part_on_columns(manual))}
    assert listed == set(UNCOVERED)


def _part_on_columns(manual: str) -> str:
    """The first cells of the table of what no hash covers."""
    table = manual.partition("column by column:")[2].strip().partition("\n\n")[0]
    return "\n".join(line.split("|")[1] for line in table.splitlines())
