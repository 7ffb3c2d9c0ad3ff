"""What the tables hold of a sealed revision, beside what was sealed of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from greenstar.record.replay import State
from greenstar.record.timestamps import written_time
from greenstar.storage.protocols.assessments import AssessmentRow

_ONE_TEXT = {"fact": "facts", "answer": "answers", "exemption": "not_applicable", "note": "notes"}
_LISTS = {"evidence": "evidence", "finding": "findings"}


def not_as_sealed(row: AssessmentRow, kept: State, document: Mapping[str, Any]) -> Iterator[str]:
    """The names of what the tables hold otherwise: of columns, and of kinds with their subjects.

    KeyError, TypeError, AttributeError: the document is none.
    """
    columns = _columns(row)
    for name, value in _sealed_columns(document).items():
        if columns[name] != value:
            yield name
    for kind, part in _ONE_TEXT.items():
        sealed = {name: _with_formula(part, name, document) for name in document[part]}
        values = {subject: json.loads(entry.text) for (held, subject), entry in kept.held.items() if held == kind}
        yield from (f"{kind} {name}" for name in {**sealed, **values} if sealed.get(name) != values.get(name))
    for kind, part in _LISTS.items():
        entries = {subject: json.loads(entry.text) for (held, subject), entry in kept.held.items() if held == kind}
        for criterion in {**dict.fromkeys(entry["criterion"] for entry in document[part]), **entries}:
            listed = [entry for entry in document[part] if entry["criterion"] == criterion]
            if not _alike(listed, entries.get(criterion, [])):
                yield f"{kind} {criterion}"


def _columns(row: AssessmentRow) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("store", "store_name", "city", "region", "cycle", "revision")},
        "assessor": row.assessor,
        "visited": row.visited.isoformat() if row.visited else None,
        "submitted_at": written_time(row.submitted_at) if row.submitted_at else None,
        "ulid": row.journal,
        "kind": row.kind.value,
        "representative": row.representative,
        "remarks": row.remarks,
    }


def _sealed_columns(document: Mapping[str, Any]) -> dict[str, Any]:
    """What was sealed, by the names of columns; format 1 says less."""
    store = document["store"]
    sealed = {
        "store": store["code"],
        "store_name": store["name"],
        "city": store["city"],
        "region": store["region"],
        "submitted_at": document["submitted"],
        **{name: document[name] for name in ("cycle", "revision", "assessor", "visited")},
    }
    later = {"ulid": "assessment", "kind": "kind", "representative": "representative", "remarks": "remarks"}
    return sealed | {name: document[key] for name, key in later.items() if key in document}


def _with_formula(part: str, name: str, document: Mapping[str, Any]) -> Any:
    """An answer as the tables hold it: with how it was calculated, where it was."""
    value, formulas = document[part][name], document.get("formulas", {})
    return {"formula": formulas[name], "value": value} if part == "answers" and name in formulas else value


def _alike(sealed: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether entries of a list say what was sealed of them: all that was, or with who entered them as well."""
    if len(sealed) != len(entries):
        return False
    return all(
        _plain(entry.get(name)) == _plain(value)
        for before, entry in zip(sealed, entries, strict=True)
        for name, value in before.items()
    )


def _plain(value: Any) -> Any:
    return value or None  # an empty text, 0 and nothing were told apart less well once
