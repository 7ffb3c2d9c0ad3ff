"""The fields of the form that a scheme becomes on a phone: by these names it is written, and read back.

A question or fact keeps its own id wherever a phone takes that as a name.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from greenstar.assessment.model import FINDING_KEYS
from greenstar.assessment.spreadsheet.layout import STORE_KEYS
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.document import Question
from greenstar.scheme.model import ROOT, Scheme

FieldKind = Literal[
    "scheme", "version", "store", "cycle", "assessor", "visited",
    "fact", "question", "excused", "reason", "note", "file", "verified", "finding", "finding_count",
    "about", "facts", "place", "criterion", "findings",
]  # fmt: skip
GROUPS: tuple[FieldKind, ...] = ("about", "facts", "place", "criterion", "findings")
"""What only holds other fields, and so has no column of its own."""

SCHEME_FIELD, VERSION_FIELD = "scheme_id", "scheme_version"
"""These are called so in every form: by them it is found out for which scheme a submission is."""

_TAKEN = ("meta", "data", "instanceid", "instancename", "key", "parent_key")  # what forms and exports call theirs
_STARTS = re.compile("[A-Za-z_]", re.ASCII)


class Field(NamedTuple):
    """One field; `id` is the store's key, the fact, question, place or criterion; `number`: which file, from 1."""

    name: str
    kind: FieldKind
    id: str = ""
    number: int = 0


class Fields:
    """All fields of a scheme's form, by their names; no two names differ only in case."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.by_name: dict[str, Field] = {}
        self._names: dict[tuple[FieldKind, str, int], str] = {}
        self._taken = {*_TAKEN}
        for name, kind, identifier, number in _wished(scheme):
            free = self._free(name)
            self._taken.add(free.lower())
            self._names[kind, identifier, number] = free
            self.by_name[free] = Field(free, kind, identifier, number)

    def _free(self, wished: str) -> str:
        start = wished if _STARTS.match(wished) else f"_{wished}"
        names = (start if number == 1 else f"{start}_{number}" for number in range(1, len(self._taken) + 2))
        return next(name for name in names if name.lower() not in self._taken)

    def name(self, kind: FieldKind, identifier: str = "", number: int = 0) -> str:
        """What a field is called."""
        return self._names[kind, identifier, number]

    def columns(self) -> list[Field]:
        """The fields that an export has a column for in its main table: those that the form has there."""
        fields = (field for field in self.by_name.values() if field.kind not in (*GROUPS, "finding"))
        return [field for field in fields if field.kind not in ("excused", "reason") or self.may_be_excused(field.id)]

    def may_be_excused(self, criterion: str) -> bool:
        """Whether the form asks if the criterion applies; where it must not be excused, it does not."""
        return self.scheme.policy(self.scheme.criteria[criterion]) != "forbid"

    def question(self, field: Field) -> Question | None:
        """What a field of a fact or question asks."""
        match field.kind:
            case "fact":
                return self.scheme.facts[field.id]
            case "question":
                return self.scheme.questions[field.id]
        return None

    def label(self, field: Field, catalogue: Catalogue) -> str:
        """What stands over a field, in the language of the catalogue."""
        question = self.question(field)
        if question is not None:
            ask = catalogue.write(question.ask)
            return ask if question.unit is None else f"{ask} ({catalogue.write(question.unit)})"
        match field.kind:
            case "store" | "finding":
                return catalogue.say(f"phones.{field.kind}_{field.id}")
            case "criterion":
                return f"{field.id} · {catalogue.write(self.scheme.criteria[field.id].title)}"
            case "place" if field.id != ROOT:
                return catalogue.write(self.scheme.document.places[field.id].title)
            case "file":
                listed = self.scheme.criteria[field.id].evidence
                what = catalogue.write(listed[field.number - 1]) if listed else catalogue.say("phones.photo")
                return f"{what} · {field.id}"
            case "excused" | "reason" | "note" | "verified":
                return f"{catalogue.say(f'phones.{field.kind}')} · {field.id}"
        return catalogue.say(f"phones.{field.kind}")


def none_choice(options: object) -> str:
    """The choice that says of a multiple question: none of these. A phone knows no difference from not answered."""
    name = "none_of_these"
    while name in options:  # type: ignore[operator]  # any container of names
        name += "_"
    return name


def _wished(scheme: Scheme) -> Iterator[tuple[str, FieldKind, str, int]]:
    """The names that fields are to have; who comes first has it."""
    yield SCHEME_FIELD, "scheme", "", 0
    yield VERSION_FIELD, "version", "", 0
    for name in scheme.questions:
        yield name, "question", name, 0
    for name in scheme.facts:
        yield name, "fact", name, 0
    for key in STORE_KEYS:
        yield f"store_{key}", "store", key, 0
    for kind in ("cycle", "assessor", "visited"):
        yield kind, kind, "", 0
    for criterion in scheme.criteria.values():
        name = criterion.id
        yield f"na_{name}", "excused", name, 0
        yield f"because_{name}", "reason", name, 0
        yield f"note_{name}", "note", name, 0
        for number in range(1, max(1, len(criterion.evidence)) + 1):
            yield f"file_{name}_{number}", "file", name, number
        yield f"verified_{name}", "verified", name, 0
    for key in FINDING_KEYS:
        yield f"finding_{key}", "finding", key, 0
    yield "finding_count", "finding_count", "", 0
    yield "about", "about", "", 0
    yield "facts", "facts", "", 0
    yield "findings", "findings", "", 0
    for name in scheme.walking_order:
        yield f"place_{name or 'other'}", "place", name, 0
    for name in scheme.criteria:
        yield f"criterion_{name}", "criterion", name, 0
