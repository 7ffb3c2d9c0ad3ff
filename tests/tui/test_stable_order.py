"""Lists that keep their order while they are looked at."""

import pytest

from greenstar.tui.findings.stable_order import stable_order


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        ("abc", "", "abc"),
        ("bca", "abc", "abc"),  # a is settled: it stays where it was
        ("ca", "abc", "ac"),
        ("bcad", "abc", "adbc"),  # d is new, and follows a
        ("xbca", "abc", "xabc"),
        ("xyz", "abc", "xyz"),
    ],
)
def test_what_was_shown_keeps_its_place_and_what_is_new_follows_what_it_follows_now(
    now: str, before: str, shown: str
) -> None:
    assert "".join(stable_order(now, before)) == shown
