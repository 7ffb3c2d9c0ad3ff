"""What is kept of a visit, under the names that another version of its scheme has for the same things."""

from collections.abc import Callable, Mapping
from typing import Any

from greenstar.scheme.model import Scheme
from greenstar.storage.protocols import Row


def carried(scheme: Scheme, content: Row) -> Row:
    """A visit's content under the names of `scheme`; what this scheme never had keeps its name.

    It holds facts, answers, not_applicable, notes, evidence and findings, as they are kept.
    """
    names = scheme.earlier_names
    if not names.known:
        return content
    other = {name: content[name] for name in ("not_applicable", "notes") if name in content}
    formulas = {"formulas": _under(content["formulas"], names.question)} if "formulas" in content else {}
    listed = {name: content[name] for name in ("evidence", "findings") if name in content}
    return {
        **content,
        "facts": carried_answers(scheme, content["facts"], names.fact),
        "answers": carried_answers(scheme, content["answers"], names.question),
        **formulas,
        **{name: _under(values, names.criterion) for name, values in other.items()},
        **{name: [carried_row(scheme, row) for row in rows] for name, rows in listed.items()},
    }


def carried_answers(scheme: Scheme, answers: Mapping[str, Any], present: Callable[[str], str]) -> dict[str, Any]:
    """Answers as plain JSON, each to the question and with the options of the present names."""
    return {name: scheme.earlier_names.answer(name, value) for name, value in _under(answers, present).items()}


def carried_row(scheme: Scheme, row: Row) -> Row:
    """A row of evidence or of findings at the criterion as it is called now."""
    return {**row, "criterion": scheme.earlier_names.criterion(row["criterion"])}


def _under(values: Mapping[str, Any], present: Callable[[str], str]) -> dict[str, Any]:
    """The values by their present names; one that stands under its present name already comes first."""
    return {present(name): value for name, value in values.items() if present(name) not in values} | {
        name: value for name, value in values.items() if present(name) == name
    }
