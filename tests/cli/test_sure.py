"""`rank --sure`: how sure each place is."""

import json
import sys

import pytest

from tests.cli.conftest import Greenstar


@pytest.mark.usefixtures("examples_recorded")
def test_the_ranges_of_places_are_told_with_their_settings(greenstar: Greenstar) -> None:
    told = greenstar("rank", "--drafts", "--sure", "--draws", "200")
    assert (told.code, told.err) == (0, "")
    assert "Every weight up to 20 % higher or lower, each on its own" in told.out
    assert "200 weightings drawn, seed 2026." in told.out
    assert "Place 1 of 6, whatever weights are up to 20 % higher or lower." in told.out
    assert "Among the first 10 in all of 200 weightings, seed 2026." in told.out
    chinese = greenstar("rank", "--drafts", "--sure", "--draws", "200", "--weights", "5", "--lang", "zh")
    assert "权重分别上下浮动至多 5 %；随机抽取 200 组权重，随机种子 2026。" in chinese.out

    submitted = greenstar("submit", "SH-004")
    assert submitted.code == 0
    (row,) = json.loads(greenstar("export", "ranking", "--format", "json", "--sure", "--draws", "100").out)
    assert (row["rank_low"], row["rank_high"], row["proved"], row["chance_top"]) == (1, 1, True, 1)
    assert row["settings"] == "weights=20% draws=100 seed=2026 first=10"
    assert "scores has no places" in greenstar("export", "scores", "--sure").err

    asked = ("rank", "--drafts", "--sure", "--draws", "300", "--weights", "12.5%", "--seed", "7", "--json")
    written = greenstar(*asked).out
    assert written == greenstar(*asked).out
    document = json.loads(written)
    groups = {"MGT", "WAT", "ENE", "WST", "POL", "BLD", "MOB", "ENG"}
    settings = document["settings"]
    assert settings.pop("groups") == dict.fromkeys(groups, 1)
    assert settings == {
        "weights": 12.5, "draws": 300, "seed": 7, "first": 10, "corners": True, "method": "sum",
    }  # fmt: skip
    for store in document["stores"]:
        low, high = store["rank_low"], store["rank_high"]
        assert store["rank_low_bound"] <= low <= store["rank"] <= high <= store["rank_high_bound"]
        assert store["proved"]
        assert store["chance_top"] == 1
        assert store["total_low"] <= store["total"] <= store["total_high"]
        assert {*store["rank_low_weights"]} == {*store["rank_high_weights"]} == groups
        assert store["answers_low"] <= store["rank"] <= store["answers_high"]
        assert {*store["policies"]} == {"exclude", "award", "zero", "redistribute"}
        assert isinstance(store["level_stable"], bool)


@pytest.mark.usefixtures("examples_recorded")
def test_what_cannot_be_worked_out_is_a_sentence(greenstar: Greenstar, monkeypatch: pytest.MonkeyPatch) -> None:
    for option, values in {
        "--weights": ("0", "100%", "-1", "1e9", "much"),
        "--draws": ("0", "1000000000", "many"),
        "--seed": ("-1", "x"),
    }.items():
        for value in values:
            refused = greenstar("rank", "--sure", option, value)
            assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
            assert option in refused.err
            assert value in refused.err
    assert greenstar("rank", "--draws", "200").err == "--draws needs --sure.\n"
    assert "--choose" in greenstar("rank", "--sure", "--choose", "2").err
    nobody = greenstar("rank", "--sure")
    assert (nobody.code, nobody.out) == (0, "")
    assert "is submitted yet" in nobody.err
    monkeypatch.setitem(sys.modules, "numpy", None)
    missing = greenstar("rank", "--sure", "--drafts")
    assert (missing.code, missing.out) == (2, "")
    assert "pipx inject greenstar numpy" in missing.err
