"""`greenstar follow-up`, and `stores close` and `reopen`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, WUXI, Greenstar


@pytest.mark.slow
def test_findings_of_a_sealed_visit_are_listed_and_closed_with_proof(greenstar: Greenstar, tmp_path: Path) -> None:
    photo = tmp_path / "drain.jpg"
    photo.write_bytes(b"a clean drain")
    greenstar("record", EXAMPLES / "failing.yaml")
    assert "is a draft" in greenstar("follow-up", "CZ-005").err
    greenstar("submit", "CZ-005")
    listed = json.loads(greenstar("follow-up", "CZ-005", "--json").out)
    assert (listed["cycle"], listed["revision"], listed["status"]) == ("2026", 1, "submitted")
    identity = listed["findings"][0]["id"]
    page = greenstar("follow-up", "CZ-005").out
    assert "CZ-005, 2026, submitted: 2 open findings" in page
    assert "greenstar follow-up CZ-005 --close" in page
    for empty in (("--on", ""), ("--because", "")):
        assert greenstar("follow-up", "CZ-005", *empty).code == 2
    done = greenstar("follow-up", "CZ-005", "--close", identity, "--because", "drain cleaned")
    assert (done.code, done.out) == (2, "")
    assert "--evidence FILE" in done.err
    done = greenstar(
        *("follow-up", "CZ-005", "--close", identity, "--because", "drain cleaned", "--evidence", photo, "--json")
    )
    closed = json.loads(done.out)
    assert {"store": "CZ-005", "revision": 2, "open": 1, "certificate": None}.items() <= closed.items()
    assert [finding["id"] for finding in closed["closed"]] == [identity]
    exported = json.loads(greenstar("export", "findings", "--format", "json").out)
    assert {row["id"]: (row["revision"], row["closed"] is None) for row in exported}[identity] == (2, False)


def test_a_store_that_closes_is_named_beside_the_ranking(greenstar: Greenstar) -> None:
    greenstar("record", WUXI)
    greenstar("submit", "WX-001")
    assert greenstar("stores", "close", "WX-001").code == 2  # not without a reason
    assert '"" is no day' in greenstar("stores", "close", "WX-001", "--because", "lease ended", "--on", "").err
    closed = greenstar("stores", "close", "WX-001", "--because", "lease ended")
    assert closed.out.startswith("WX-001: closed on ")
    ranking = json.loads(greenstar("rank", "--json").out)
    assert (ranking["stores"], [store["store"] for store in ranking["unranked"]]) == ([], ["WX-001"])
    page = greenstar("rank")
    assert "Closed, and not ranked: WX-001" in page.out
    assert "to a store that is open" in page.err
    assert greenstar("rank", "--drafts").err == ""
    assert json.loads(greenstar("stores", "show", "WX-001", "--json").out)["closed"] is not None
    assert "Closed" in greenstar("stores", "list").out
    reopened = greenstar("stores", "reopen", "WX-001", "--because", "a mistake", "--json")
    assert json.loads(reopened.out) == {"store": "WX-001", "closed": None}
    assert json.loads(greenstar("rank", "--json").out)["unranked"] == []
