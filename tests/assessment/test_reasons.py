"""A reason why a criterion was excused says something."""

from greenstar.assessment.reasons import says_something
from tests.rows import rows

REASONS = [
    "No car wash",
    "no lamps at all",
    "门店没有洗车",
    "N/A：租约不允许",
    "a b c d e f",
    "屋顶归房东所有，无法安装",
]
SHORT = ["", "x", "n/a", "none here", "a         b", "不适用"]
ONE_SIGN = ["..............", "xxxxxxxxxxxxxxx", "XxXxXxXxXxXx", "x x x x x x x", "- - - - - - -", "———————————"]
ONE_SIGN_WIDE = ["无无无无无无", "。。。。。。", "１１１１１１１１１１１"]


@rows("reason", REASONS)
def test_a_reason_says_something(reason: str) -> None:
    assert says_something(reason)


@rows("reason", [*SHORT, *ONE_SIGN, *ONE_SIGN_WIDE])
def test_a_reason_that_is_short_or_one_sign_over_and_over_says_nothing(reason: str) -> None:
    assert not says_something(reason)
