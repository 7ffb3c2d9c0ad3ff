"""What the columns of exported tables hold, read from the classes that list them."""

from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Number = int | float | None
Value = bool | int | float | Decimal | str | None
"""What an answer or a fact is; a number that no float writes in plain digits is a Decimal."""
Day: TypeAlias = Annotated[str, "day"]
Time: TypeAlias = Annotated[str, "time"]
"""A day as ISO 8601 writes it, and a time in UTC."""
Kind = Literal["text", "number", "whole", "truth", "day", "time", "value"]
"""What the cells of a column hold; a `value` is of any of these kinds, from row to row."""


def names(columns: "type[DataclassInstance]") -> tuple[str, ...]:
    """The names of a table's columns, in their order."""
    return tuple(column.name for column in fields(columns))


_KINDS: dict[Any, Kind] = {bool: "truth", int: "whole", Number: "number", Value: "value", Day: "day", Time: "time"}


def kinds(columns: "type[DataclassInstance]") -> dict[str, Kind]:
    """What the columns of a table hold, by their names."""
    return {column.name: _kind(column.type) for column in fields(columns)}


def _kind(annotation: Any) -> Kind:
    return next((kind for held, kind in _KINDS.items() if annotation in (held, held | None)), "text")
