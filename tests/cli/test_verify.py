"""`verify` and `receipt`: whether what is kept proves itself."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Greenstar


@pytest.mark.slow
@pytest.mark.usefixtures("wuxi_recorded")
def test_verify_says_whether_all_holds_and_a_receipt_notices_what_changed_since(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    file = tmp_path / "home" / "greenstar.db"
    assert greenstar("submit", "WX-001", "--incomplete").code == 0
    whole = greenstar("verify")
    assert whole.code == 0
    assert whole.out.startswith("All of it holds.\nChecked: 1 revision, 1 seal, ")
    receipt = tmp_path / "wuxi.receipt"
    made = greenstar("receipt", file, "-o", receipt)
    assert made.out.startswith(f"{receipt}: a receipt for ")
    assert greenstar("verify", file, "--evidence", "--receipt", receipt).code == 0
    bundle = tmp_path / "wuxi.zip"
    assert greenstar("pack", "WX-001", "-o", bundle).code == 0
    assert greenstar("verify", bundle, "--receipt", receipt).out.startswith("All of it holds.")
    assert greenstar("receipt", bundle, "-o", tmp_path / "bundle.receipt").code == 0
    assert greenstar("verify", file, "--receipt", tmp_path / "bundle.receipt").code == 0
    content = bytearray(bundle.read_bytes())
    content[content.index(b"Wuxi")] ^= 1
    bundle.write_bytes(content)
    damaged = greenstar("verify", bundle)
    assert (damaged.code, damaged.out.splitlines()[1][:40]) == (1, f"  damaged: {bundle}"[:40])
    with closing(sqlite3.connect(file)) as forger, forger:
        forger.execute("UPDATE scorecard SET total = '100', total_number = 100")
        forger.execute("DROP TRIGGER event_is_never_removed")
        forger.execute("DELETE FROM event WHERE kind = 'submitted'")
    told = greenstar("verify", "wx-001", "--receipt", receipt, "--json")
    assert (told.code, told.err) == (1, "")
    result = json.loads(told.out)
    assert (result["holds"], result["checked"]["receipts"]) == (False, 1)
    assert {problem["kind"] for problem in result["problems"]} == {"truncated", "score", "rewritten"}
    assert {(problem["store"], problem["revision"]) for problem in result["problems"][:2]} == {("WX-001", 1)}
    lines = greenstar("--lang", "zh", "verify").out.splitlines()
    assert lines[0] == f"有 {len(lines) - 2} 处不成立："
    assert "  结构：trigger event_is_never_removed 与本程序所建的不同：缺失、被改或多出。" in lines
    assert greenstar("verify", "--receipt", file).code == 2
    assert greenstar("decide", "WX-001").code == 3


@pytest.mark.usefixtures("wuxi_recorded")
def test_a_copy_made_while_it_was_in_use_is_told_once_wherever_it_is_opened(
    greenstar: Greenstar, tmp_path: Path
) -> None:
    database = tmp_path / "home" / "greenstar.db"
    with closing(sqlite3.connect(database)) as file:  # as the file of a window is, before that is left
        (version,) = file.execute("PRAGMA user_version").fetchone()
        file.execute(f"PRAGMA user_version = {version + 1_000_000}")
    told = f"{database} seems to have been copied by itself while it was in use: its last changes may be missing."
    for command in (["verify"], ["verify", database], ["rank", "--drafts"], ["stores", "list"]):
        done = greenstar(*command)
        assert (done.code, done.err.count(told)) == (0, 1)
    verified = json.loads(greenstar("verify", "--json").out)
    assert verified["holds"]
    assert any(notice.startswith(told) for notice in verified["notices"])
    checks = {check["check"]: check["code"] for check in json.loads(greenstar("doctor", "--json").out)["checks"]}
    assert checks["log"] == "log_not_copied"
    backed_up = greenstar("backup", tmp_path / "green.backup")
    assert (backed_up.code, backed_up.err.count(told)) == (0, 1)
    assert told in greenstar("stores", "add", "A-1").err
    assert not greenstar("verify").err.count(told)
