"""ULIDs: 26 signs that sort by time, and are the same again only where they follow from a content."""

from datetime import UTC, datetime, timedelta

from greenstar.record.ulids import new_ulid, ulid_of

AT = datetime(2016, 7, 30, 23, 54, 10, 259000, tzinfo=UTC)


def test_the_time_is_written_as_the_specification_has_it() -> None:
    assert new_ulid(AT).startswith("01ARZ3NDEK")  # https://github.com/ulid/spec, its example
    assert len(new_ulid(AT)) == 26


def test_a_new_one_is_never_the_same_and_sorts_after_those_of_earlier_times() -> None:
    made = [new_ulid(AT + timedelta(milliseconds=number)) for number in range(100)]
    assert made == sorted(made)
    assert len({new_ulid(AT) for _ in range(100)}) == 100


def test_one_that_follows_from_a_content_is_the_same_wherever_it_is_worked_out() -> None:
    assert ulid_of(AT, "visit") == ulid_of(AT, "visit") == "01ARZ3NDEK" + ulid_of(AT, "visit")[10:]
    assert ulid_of(AT, "visit") != ulid_of(AT, "another")


def test_times_before_all_and_after_all_are_held_to_what_fits() -> None:
    assert new_ulid(datetime(1960, 1, 1, tzinfo=UTC)).startswith("0000000000")
    assert len(new_ulid(datetime(9999, 12, 31, tzinfo=UTC))) == 26
