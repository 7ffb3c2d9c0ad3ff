"""A document with errors of shape, mended just so far that all else in it can be checked at once.

A misspelt key is read as the nearest known one; a wrong value is left out, or where one must stand, something stands in
for it. What follows only from that is not told (`ReadDocument.follows_from_damage`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from greenstar.errors import MOST_PROBLEMS, Mark, Problem
from greenstar.i18n.catalogue import LANGUAGE_TAG
from greenstar.scheme.document import Criterion, Document
from greenstar.scheme.shape import shape_problems
from greenstar.scheme.slips import key_and_value
from greenstar.scheme.suggestions import nearest
from greenstar.scheme.yaml_tree import Mapping, Scalar, Sequence, copied, has_part, scalar

_MOST_ROUNDS = 3  # what stood under a misspelt key is looked at in the round after
_NEAR = 0.7
_STAND_INS = {
    **dict.fromkeys(("title", "ask", "label", "because"), "?"),
    **dict.fromkeys(("id", "category"), "unreadable"),
    "scheme": "unreadable",
    "version": "0",
    "type": "boolean",
    "of": "0",
    "points": "9999",  # so many that no step or level seems to ask for more
}
_ABOUT_CATEGORIES = frozenset(
    (
        *("rules.unknown_name", "rules.unknown_id", "rules.no_lone_question"),
        *("validation.unknown_criterion", "validation.unknown_group", "validation.over_most"),
        "validation.no_evidence_listed",
    )
)
_ABOUT_IDS = _ABOUT_CATEGORIES | {
    *("validation.unknown_place", "validation.unknown_options", "validation.not_a_lower_level"),
}
_ABOUT_KINDS = frozenset(
    (
        *("rules.unlike", "rules.kind", "rules.result_kind", "rules.not_ordered"),
        *("rules.option_in_quotes", "rules.unknown_option", "rules.no_lone_question"),
    )
)


@dataclass
class ReadDocument:
    """A document, None where it cannot even be mended; the tree it was read from, and what is wrong in its shape.

    `damaged`: the mappings in which something was left out or stands in. `ids_lost`: whether an id is among it, or all
    of something that has one; `kinds_lost`: whether the type of a question is, so that rules cannot be held to it;
    `files_lost`: whether files of categories could not be read.
    `cut_texts`: those behind which a comment begins.
    """

    document: Document | None
    tree: Any
    problems: list[Problem] = field(default_factory=list)
    damaged: set[Mark] = field(default_factory=set)
    ids_lost: bool = False
    kinds_lost: bool = False
    files_lost: bool = False
    cut_texts: list[Scalar] = field(default_factory=list)

    def follows_from_damage(self, problem: Problem) -> bool:
        """Whether the problem may only be there because of what was left out."""
        key = problem.message.key
        return (
            problem.mark in self.damaged
            or (self.ids_lost and key in _ABOUT_IDS)
            or (self.files_lost and key in _ABOUT_CATEGORIES)
            or (self.kinds_lost and key in _ABOUT_KINDS)
        )


def read_document(tree: Any) -> ReadDocument:
    """`tree` as a document, with all that is wrong in its shape."""
    read = ReadDocument(None, tree)
    for number in range(_MOST_ROUNDS):
        try:
            context = {"languages": _languages(read.tree), "cut": read.cut_texts}
            read.document = Document.model_validate(read.tree, context=context)
            break
        except ValidationError as error:
            details = error.errors(include_url=False)
        if len(details) > MOST_PROBLEMS:  # nothing more would be told
            read.problems += shape_problems(Document, read.tree, details)
            break
        if number == 0:
            read.tree = copied(tree)
        problems = list(shape_problems(Document, read.tree, details))
        mender = _Mender(read)
        mender.mend(details)
        told = {problem.mark for problem in read.problems}
        read.problems += [
            problem
            for problem in problems
            if problem.mark not in told and (problem.mark, problem.key) not in mender.misspelt
        ]
    return read


def _languages(tree: Any) -> list[str]:
    """The scheme's languages, needed to read its texts; what is wrong with them is found later."""
    listed = tree.get("languages") if isinstance(tree, Mapping) else None
    if not isinstance(listed, Sequence):
        return []
    return [str(language) for language in listed if isinstance(language, Scalar) and LANGUAGE_TAG.fullmatch(language)]


class _Step(NamedTuple):
    """A step down the tree: to `key` of `container`, which is read as `annotation`."""

    container: Any
    key: Any
    annotation: Any

    @property
    def model(self) -> type[BaseModel] | None:
        """What the keys of the container mean; None where they are names."""
        return _model_in(self.annotation)

    @property
    def value(self) -> Any:
        """What stands at the key."""
        return self.container[self.key]

    @property
    def inner(self) -> Any:
        """As what the value at the key is read."""
        sequence = isinstance(self.container, Sequence)
        for alternative in _alternatives(self.annotation):
            if get_origin(alternative) is (list if sequence else dict):
                return get_args(alternative)[-1]
            if not sequence and isinstance(alternative, type) and issubclass(alternative, BaseModel):
                fields = {info.alias or name: info for name, info in alternative.model_fields.items()}
                return fields[self.key].annotation if self.key in fields else None
        return None


def _steps(tree: Any, path: tuple[int | str, ...]) -> Iterator[_Step]:
    """The steps of a path down the tree. Parts that the tree does not have (pydantic's tags) are passed over."""
    node, annotation = tree, Document
    for part in path:
        if has_part(node, part):
            step = _Step(node, part, annotation)
            yield step
            annotation, node = step.inner, node[part]


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The classes, lists and dictionaries among which a type chooses."""
    if isinstance(annotation, type) or get_origin(annotation) in (list, dict):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _alternatives(part)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    classes = (part for part in _alternatives(annotation) if isinstance(part, type))
    return next((part for part in classes if issubclass(part, BaseModel)), None)


class _Mender:
    """Mends what one validation found wrong."""

    def __init__(self, read: ReadDocument) -> None:
        self.read = read
        self.removed: list[tuple[Any, Any]] = []
        self.misspelt: set[tuple[Mark, str]] = set()  # keys that are missing only because they are misspelt

    def mend(self, details: list[ErrorDetails]) -> None:
        """Mend it, or leave it out."""
        for detail in sorted(details, key=lambda detail: detail["type"] != "extra_forbidden"):  # misspelt keys first
            self._mend(detail)
        for container, index in sorted(self.removed, key=lambda entry: -entry[1]):  # from the end: the others stay put
            del container[index]

    def _mend(self, detail: ErrorDetails) -> None:
        path, missing = detail["loc"], detail["type"] == "missing"
        steps = list(_steps(self.read.tree, path[:-1] if missing else path))
        if missing:
            container, annotation = (steps[-1].value, steps[-1].inner) if steps else (self.read.tree, Document)
            if path[-1] in container:
                self.misspelt.add((container.mark, str(path[-1])))
                return
            self.read.damaged.add(container.mark)
            if self._stand_in(_Step(container, path[-1], annotation)):
                return
        if detail["type"] != "extra_forbidden":
            self.read.damaged |= {step.container.mark for step in steps}
        any(self._left_out(step) for step in reversed(steps))

    def _left_out(self, step: _Step) -> bool:
        """Whether the trouble is out of the way after this step."""
        container, key = step.container, step.key
        if isinstance(container, Sequence):
            whole = _model_in(step.inner) is not None  # of a list of plain values the whole list is left out
            if whole and not any(container is other and key == index for other, index in self.removed):
                self.removed.append((container, key))
                self.read.ids_lost = True
            return whole
        if key not in container:
            return True  # another error has taken it out
        if step.model is None:
            del container[key]
            self.read.ids_lost = True
            return True
        fields = {info.alias or name: info for name, info in step.model.model_fields.items()}
        if key not in fields:
            self._renamed(container, key, fields)
        elif fields[key].is_required() or (key == "points" and step.model is Criterion):
            return self._stand_in(step)
        else:
            del container[key]
        return True

    def _renamed(self, container: Mapping, key: str, known: Collection[str]) -> None:
        """A key that is not known becomes the nearest one, where that is not there as well, or goes."""
        mark = container.key_mark(key)
        value, meant = container.pop(key), nearest(key, known, _NEAR)
        both = key_and_value(key) if value is None else None
        if both is not None and both[0] in known:
            meant, value = both[0], scalar(both[1], mark)
        if meant is not None and meant not in container:
            container[scalar(meant, mark)] = value
        else:
            self.read.damaged.add(container.mark)

    def _stand_in(self, step: _Step) -> bool:
        """Put something in the place of a value that must be there; whether anything can."""
        container, key = step.container, str(step.key)
        if key == "languages":
            container[key] = Sequence([scalar("en", container.mark)])
            container[key].mark = container.mark
            return True
        listed = any(get_origin(alternative) is list for alternative in _alternatives(step.inner))
        if key not in _STAND_INS or listed:
            return False
        self.read.ids_lost = self.read.ids_lost or key in ("id", "category")
        self.read.kinds_lost = self.read.kinds_lost or key in ("type", "of")
        place = f"_{container.mark.line}_{container.mark.column}" if key in ("id", "category") else ""  # ids differ
        container[key] = scalar(_STAND_INS[key] + place, container.key_mark(key))
        return True
