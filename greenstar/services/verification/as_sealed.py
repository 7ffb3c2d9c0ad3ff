"""What the tables hold of a sealed revision, beside what was sealed of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from greenstar.record.canonical import read_plain
from greenstar.record.timestamps import written_time
from greenstar.storage.protocols.assessments import AssessmentRow

_ONE_TEXT = {"fact": "facts", "answer": "answers", "exemption": "not_applicable", "note": "notes"}
_LISTS = {"evidence": "evidence", "finding": "findings"}


def not_as_sealed(
    row: AssessmentRow, kept: Mapping[tuple[str, str], str], document: Mapping[str, Any]
) -> Iterator[str]:
    """The names of what the tables hold otherwise: of columns, and of kinds with their subjects.

    `kept`: what they hold of the revision, as JSON, by kind and subject.
    KeyError, TypeError, AttributeError: the document is none.
    """
    columns = _columns(row)
    for name, value in _sealed_columns(document).items():
        if columns[name] != value:
            yield name
    contents = _contents(kept)
    for kind, part in _ONE_TEXT.items():
        sealed, values = _with_formulas(part, document), contents.get(kind, {})
        if sealed != values:
            yield from (f"{kind} {name}" for name in {**sealed, **values} if sealed.get(name) != values.get(name))
    for kind, part in _LISTS.items():
        listed, entries = _by_criterion(document[part]), contents.get(kind, {})
        for criterion in {**listed, **entries} if listed != entries else ():
            if not _alike(listed.get(criterion, []), entries.get(criterion, [])):
                yield f"{kind} {criterion}"


def _contents(kept: Mapping[tuple[str, str], str]) -> dict[str, dict[str, Any]]:
    """What is held, by kind and subject."""
    contents: dict[str, dict[str, Any]] = {}
    for (kind, subject), text in kept.items():
        contents.setdefault(kind, {})[subject] = read_plain(text)
    return contents


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


def _with_formulas(part: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Contents as the tables hold them: answers with how they were calculated, where they were."""
    formulas = document.get("formulas", {}) if part == "answers" else {}
    sealed: Mapping[str, Any] = document[part]
    return {
        **sealed,
        **{name: {"formula": formulas[name], "value": sealed[name]} for name in formulas.keys() & sealed.keys()},
    }


def _by_criterion(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    lists: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        lists.setdefault(entry["criterion"], []).append(entry)
    return lists


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
    return value or None  # older programs did not always tell an empty text, 0 and nothing apart
