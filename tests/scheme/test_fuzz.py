"""Some dozens of broken schemes; `tools/fuzz_schemes.py` makes as many as there is time for."""

import pytest

from tools.fuzz_schemes import fuzz


@pytest.mark.slow
def test_a_broken_scheme_is_told_in_sentences_with_places_and_never_hangs() -> None:
    tally = fuzz(range(40), seed=5)
    assert tally.failures == []
    assert tally.outcomes["accepted"] < tally.cases / 2, "most damage must be noticed"
