"""`pack`, `unpack` and `settle` on the command line: two laptops, in both languages, and for programs."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import WUXI, Greenstar


@pytest.fixture
def copies(greenstar: Greenstar, tmp_path: Path) -> tuple[Path, Path]:
    """Two databases that know one visit, and noted something at one criterion apart."""
    first, second = tmp_path / "ada.db", tmp_path / "bo.db"

    def record(database: Path, name: str, note: str) -> None:
        answers = tmp_path / f"{name}.yaml"
        store = "store: {code: WX-001, name: Wuxi}"
        answers.write_text(f'{store}\ncycle: "2026"\nassessor: {name}\nnotes: {{WAT-06: {note}}}\n', encoding="utf-8")
        assert greenstar("--db", database, "--assessor", name, "record", answers).code == 0

    record(first, "Ada", "seen")
    assert greenstar("--db", first, "pack", "wx-001", "-o", tmp_path / "a.zip").code == 0
    assert greenstar("--db", second, "unpack", tmp_path / "a.zip").code == 0
    record(first, "Ada", "dry")
    record(second, "Bo", "wet")
    return first, second


@pytest.mark.slow
def test_visits_go_through_a_shared_folder_and_what_clashes_is_told_and_settled(
    greenstar: Greenstar, copies: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = copies
    folder = tmp_path / "team"
    folder.mkdir()
    for database in copies:
        done = greenstar("--db", database, "pack", "WX-001", "--to", folder)
        assert "1 draft" in done.out
    assert len(list(folder.iterdir())) == 2
    came = greenstar("--db", first, "unpack", folder)
    assert "WX-001, 2026, revision 1:" in came.out
    assert "WAT-06 (note) was changed on several laptops" in came.out
    assert "Bo" in came.out
    assert "以此为准" in greenstar("--db", first, "--lang", "zh", "settle", "WX-001").out
    waiting = json.loads(greenstar("--db", first, "settle", "WX-001", "--json").out)
    (clash,) = [clash for clash in waiting["visits"][0]["clashes"] if clash["subject"] == "WAT-06"]
    assert [side["value"] for side in clash["sides"]] == ["dry", "wet"]
    settled = greenstar("--db", first, "settle", "WX-001", "WAT-06", "--take", 1)
    assert "WAT-06 is settled" in settled.err
    greenstar("--db", first, "pack", "WX-001", "-o", tmp_path / "b.zip")
    told = json.loads(greenstar("--db", second, "unpack", tmp_path / "b.zip", "--json").out)
    assert [clash for clash in told["visits"][0]["clashes"] if clash["subject"] == "WAT-06"] == []
    assert greenstar("--db", second, "unpack", tmp_path / "b.zip").out


def test_what_is_asked_wrongly_is_a_sentence(greenstar: Greenstar, copies: tuple[Path, Path], tmp_path: Path) -> None:
    first, _ = copies
    for arguments in (
        ("pack", "WX-001"),
        ("pack", "WX-001", "-o", "x.zip", "--to", tmp_path),
        ("pack", "WX-001", "--to", tmp_path / "none"),
        ("pack", "WX-9", "-o", tmp_path / "x.zip"),
        ("unpack", tmp_path),
        ("unpack", WUXI),
        ("settle", "WX-001", "WAT-06", "--keep", "ab"),
        ("settle", "WX-001", "--take", "1"),
        ("settle", "WX-001", "--keep", "abcd"),
        ("settle", "WX-001", "--take-over"),
        ("settle", "WX-001", "nothing"),
    ):
        done = greenstar("--db", first, *arguments)
        assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1), arguments
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.slow
def test_keeping_a_seal_in_a_closed_cycle_says_that_its_ranking_was_kept(greenstar: Greenstar, tmp_path: Path) -> None:
    first, second = tmp_path / "ada.db", tmp_path / "bo.db"
    assert greenstar("--db", first, "record", WUXI, "--without-files").code == 0
    greenstar("--db", first, "pack", "WX-001", "-o", tmp_path / "a.zip")
    greenstar("--db", second, "unpack", tmp_path / "a.zip")
    for database in (first, second):
        assert greenstar("--db", database, "submit", "WX-001").code == 0
    assert greenstar("--db", first, "cycle", "close", "2026", "--yes").code == 0
    greenstar("--db", second, "pack", "WX-001", "-o", tmp_path / "b.zip")
    greenstar("--db", first, "unpack", tmp_path / "b.zip")
    waiting = json.loads(greenstar("--db", first, "settle", "WX-001", "--json").out)
    ((seal, _),) = [[row["seal"] for row in rows] for rows in waiting["sealed_apart"]]
    kept = greenstar("--db", first, "settle", "WX-001", "--keep", seal)
    assert kept.code == 0
    assert "The cycle 2026 is closed: its kept ranking stays as it is" in kept.err
