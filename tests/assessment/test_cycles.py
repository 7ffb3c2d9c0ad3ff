"""The cycle that follows another."""

from greenstar.assessment.cycles import cycle_key, next_cycle
from tests.rows import rows


@rows(
    ("cycle", "following"),
    [
        ("2026", "2027"),
        ("Round 9", "Round 10"),
        ("2026-H1", "2026-H2"),
        ("2026 H2", "2027 H1"),
        ("2026 Q4 north", "2027 Q1 north"),
        ("FY25/26", "FY26/27"),
        ("2025-2026", "2026-2027"),
        ("2026/09", "2026/10"),
        ("2026年上半年", "2026年下半年"),
        ("2026年下半年", "2027年上半年"),
        ("2026年第3季度", "2026年第4季度"),
        ("spring", "spring 2"),
    ],
)
def test_the_next_cycle_follows_the_pattern_of_the_last_and_is_later(cycle: str, following: str) -> None:
    assert next_cycle(cycle) == following
    assert cycle_key(following) > cycle_key(cycle)
