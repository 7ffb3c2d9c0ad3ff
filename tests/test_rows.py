"""A table in a test: every row is tried, and whichever fails is told."""

import pytest

from tests.rows import rows


def test_every_row_is_tried_and_those_that_fail_are_told_with_what_stands_in_them() -> None:
    tried = []

    @rows(("number", "limit"), [(1, 5), (7, 5), (3, 5), (8, 5)])
    def table(number: int, limit: int) -> None:
        tried.append(number)
        assert number < limit

    with pytest.raises(BaseExceptionGroup, match="2 of 4 rows") as caught:
        table()
    assert tried == [1, 7, 3, 8]
    notes = [error.__notes__ for error in caught.value.exceptions]
    assert notes == [["in the row {'number': 7, 'limit': 5}"], ["in the row {'number': 8, 'limit': 5}"]]


def test_the_only_row_that_fails_fails_as_a_test_by_itself() -> None:
    @rows("text", ["1", "x"])
    def numbers(text: str) -> None:
        assert int(text) == 1

    with pytest.raises(ValueError, match="invalid literal") as caught:
        numbers()
    assert caught.value.__notes__ == ["in the row {'text': 'x'}"]


def test_a_row_that_should_raise_and_does_not_fails() -> None:
    @rows("text", ["x", "1"])
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="invalid literal"):
            int(text)

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE") as caught:
        refused()
    assert caught.value.__notes__ == ["in the row {'text': '1'}"]


@rows("left", [1, 2])
@rows("right", [3, 4])
def test_tables_are_multiplied_and_fixtures_are_given_to_all_rows(
    left: int, right: int, request: pytest.FixtureRequest
) -> None:
    assert left < right
    assert request.node.name == "test_tables_are_multiplied_and_fixtures_are_given_to_all_rows"


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(AssertionError):
        rows("value", [])
