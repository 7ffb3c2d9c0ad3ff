"""`greenstar backup`, `restore` and `doctor`, as they are called."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from greenstar.storage import mounts
from tests.cli.conftest import Greenstar


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_backup_is_written_and_restored(greenstar: Greenstar, tmp_path: Path) -> None:
    backup, database = tmp_path / "green.backup", tmp_path / "home" / "greenstar.db"
    written = greenstar("backup", backup)
    assert (written.code, written.err) == (0, "")
    assert f"{backup}: the database and" in written.out
    assert greenstar("stores", "add", "NEW-1").code == 0
    restored = greenstar("restore", backup, "--lang", "zh")
    assert restored.code == 0
    assert "已恢复到" in restored.out
    (aside,) = database.parent.glob("greenstar.db.before-*")
    assert f"{aside}/{database.name}" in restored.err
    assert greenstar("stores", "show", "NEW-1").code == 2
    assert greenstar("stores", "show", "NEW-1", "--db", aside / database.name).code == 0


@pytest.mark.usefixtures("wuxi_recorded")
def test_on_a_disk_over_a_network_a_restore_says_that_idle_windows_are_not_noticed(
    greenstar: Greenstar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert greenstar("backup", tmp_path / "green.backup").code == 0
    monkeypatch.setattr(mounts, "mount_table", lambda: f"1 1 0:1 / {tmp_path} rw - nfs4 server:/home rw\n")
    for language, words in (("en", "lies on a disk over a network (nfs4)"), ("zh", "位于网络磁盘（nfs4）")):
        restored = greenstar("restore", tmp_path / "green.backup", "--lang", language)
        assert restored.code == 0
        assert words in restored.err


def test_what_is_no_backup_is_refused_with_an_exit_code(greenstar: Greenstar, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    refused = greenstar("restore", tmp_path / "a.txt")
    assert refused.code == 2
    assert "is no backup" in refused.err
    assert greenstar("backup", tmp_path / "b").code == 2


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_restore_that_was_stopped_is_told_at_the_next_start(greenstar: Greenstar, tmp_path: Path) -> None:
    left = tmp_path / "home" / "greenstar.db.restoring"
    left.write_bytes(b"half")
    assert "was stopped before anything changed" in greenstar("stores", "list").err
    assert greenstar("doctor", "--mend").err == "1 half-written file removed\n"
    assert greenstar("stores", "list").err == ""
    assert not left.exists()


@pytest.mark.usefixtures("wuxi_recorded")
def test_the_doctor_says_how_all_is_for_people_and_programs(greenstar: Greenstar, tmp_path: Path) -> None:
    well = greenstar("doctor")
    assert well.code == 0
    assert "every event follows from the ones before" in well.out
    assert "每个事件都与之前的事件相承" in greenstar("doctor", "--lang", "zh", "--full").out
    with closing(sqlite3.connect(tmp_path / "home" / "greenstar.db", isolation_level=None)) as connection:
        connection.execute("INSERT INTO fact (store, name, value, at, by) VALUES ('nobody', 'x', '1', 'now', 'me')")
    wrong = greenstar("doctor", "--json")
    assert wrong.code == 1
    document = json.loads(wrong.out)
    assert document["well"] is False
    (bad,) = [check for check in document["checks"] if check["verdict"] == "bad"]
    assert (bad["check"], bad["code"]) == ("references", "dangling")
    assert bad["sentence"]
    assert bad["advice"]
