"""Strict YAML: a file becomes mappings, sequences and scalars that know their place.

The text is read as a stream of events, never handed to a YAML library's constructor: so nesting is bounded before
anything is built, anchors, tags and merge keys are refused where they stand, and a scalar stays as it was written
(`no`, `1.10` and `2026-01-01` are what whoever reads them says they are).
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from greenstar.errors import MOST_PROBLEMS, BadFile, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.slips import slip_in
from greenstar.scheme.source_text import SourceLines, place_after, place_in
from greenstar.text import UNSEEN, first_unseen

MOST_NESTING = 40
MOST_NODES = 200_000  # keys and values of a document, or of each entry of a list that is read entry by entry
_BLANK = (" ", "\t")
_COMMENT = re.compile(r"[ \t]+#")
_TWO_ESCAPES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class Scalar(str):
    """A scalar as written; `plain` where it stood without quotes, `verbatim` where the file has that, on a line.

    `cut`: a comment begins right behind it, so that it may have been meant to go on.
    """

    __slots__ = ("column", "cut", "file", "line", "plain", "verbatim")
    file: str
    line: int
    column: int
    plain: bool
    verbatim: bool
    cut: bool

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        return Mark(self.file, self.line, self.column)


class Mapping(dict[str, Any]):
    """A mapping in file order; its keys are scalars."""

    __slots__ = ("_written_keys", "mark")
    mark: Mark
    _written_keys: dict[str, Any]

    def key_mark(self, key: str) -> Mark:
        """Where a key stands; the mapping's own place where it has no such key."""
        if not hasattr(self, "_written_keys") or len(self._written_keys) != len(self):
            # a dictionary does not give back the key that it has
            self._written_keys = {written_key: written_key for written_key in self}
        written_key = self._written_keys.get(key)
        return written_key.mark if isinstance(written_key, Scalar) else self.mark


class Sequence(list[Any]):
    """A sequence."""

    __slots__ = ("mark",)
    mark: Mark


def has_part(node: Any, part: Any) -> bool:
    """Whether there is something in a tree right below `node` at that key, or at that place of a list."""
    if isinstance(node, Sequence):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, Mapping) and part in node


def copied(tree: Any) -> Any:
    """The tree with mappings and sequences of its own, and the places of the first."""
    if isinstance(tree, Mapping):
        mapping = Mapping((key, copied(value)) for key, value in tree.items())
        mapping.mark = tree.mark
        return mapping
    if isinstance(tree, Sequence):
        sequence = Sequence(copied(value) for value in tree)
        sequence.mark = tree.mark
        return sequence
    return tree


def scalar(text: str, mark: Mark, *, plain: bool = True) -> Scalar:
    """A `Scalar` made by hand."""
    made = Scalar(text)
    made.file, made.line, made.column = mark[:3]
    made.plain, made.verbatim, made.cut = plain, True, False
    return made


def parse(text: str, name: str, start: Mark | None = None) -> Any:
    """The tree of `text`; `name` is the file's name in the places of its problems.

    `start`: where in the file the text begins, if that is not its first sign.
    """
    (tree,) = _trees(text, start or Mark(name, 1, 1), apart=False)
    return tree


def parse_entries(text: str, name: str) -> Iterator[Any]:
    """The trees of the entries of a list, one at a time; of what is no list the only tree."""
    return _trees(text, Mark(name, 1, 1), apart=True)


def _trees(text: str, start: Mark, *, apart: bool) -> Iterator[Any]:
    text = _joined(text) if start.file.lower().endswith(".json") else text
    lines = {start.file: SourceLines(text, start)}
    unseen = UNSEEN.search(text)
    if unseen:
        mark = place_after(text[: unseen.start()], start)
        raise BadFile([Problem(mark, "", Phrase("source.control_character", code=first_unseen(text)))], lines)
    parser, builder = yaml.CLoader(text), _Builder(start, text)
    try:
        for tree in builder.trees(parser.get_event, apart=apart):
            if apart and builder.problems:
                break
            yield tree
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, start, lines[start.file]))
    except (yaml.YAMLError, UnicodeEncodeError, ValueError) as error:
        message = Phrase("source.syntax", problem=str(error).splitlines()[0])
        builder.problems.append(Problem(start, "", message))
    finally:
        parser.dispose()
    if builder.problems:
        raise BadFile(builder.problems, lines)


def _joined(text: str) -> str:
    """JSON may write a character beyond the first 65,536, an emoji say, as two escapes; YAML knows only one."""
    return _TWO_ESCAPES.sub(lambda match: str(json.loads(f'"{match[0]}"')), text)


def _syntax_problem(error: yaml.MarkedYAMLError, start: Mark, lines: SourceLines) -> Problem:
    """What the parser says, at the sign that probably misled it: often that stands in a line before."""
    problem = error.problem or error.context or ""
    key = next((key for start, key in _YAML_SAYS.items() if problem.startswith(start)), None)
    message = Phrase("source.syntax", problem=problem if key is None else Phrase(key))
    place = error.problem_mark or error.context_mark
    at = [start.line - 1 + mark.line for mark in (error.problem_mark, error.context_mark) if mark is not None]
    for line in dict.fromkeys([*at, *(line - 1 for line in at)]):
        slip = slip_in(lines[line]) if 0 <= line < len(lines) else None
        if slip is not None:
            return Problem(start._replace(line=line + 1, column=slip.offset + 1), "", message, slip.hint)
    mark = place_in(start, place.line, place.column) if place else start
    hint = Phrase("source.quote_hint") if "mapping values" in (error.problem or "") else None
    return Problem(mark, "", message, hint)


class _Builder:
    """Builds one document from events; what is merely not allowed is noted, and building goes on."""

    def __init__(self, start: Mark, text: str) -> None:
        self.start = start
        self._file, self._line, self._column, _ = start
        self.text = text
        self.problems: list[Problem] = []
        self._nodes = 0

    def trees(self, next_event: Callable[[], Any], *, apart: bool) -> Iterator[Any]:
        """The tree of the events up to the stream's end, as the C parser reads them one by one.

        `apart`: the tree of each entry, where it is a list.
        """
        empty, seen = True, False
        while type(event := next_event()) is not StreamEndEvent:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                if seen:
                    self._refuse(event, "source.second_document")
                    break
                seen = True
            elif kind is SequenceStartEvent and apart:
                self._refuse_properties(event)
                empty = False
                while type(event := next_event()) is not SequenceEndEvent:
                    self._nodes = 0
                    tree = self._node(event, next_event, 2)
                    if tree is None and not self.problems:
                        self._refuse(event, "source.empty_entry")
                        return
                    yield tree
            elif kind in _CONTENT:
                tree = self._node(event, next_event, 1)
                if tree is not None or self.problems:
                    empty = False
                    yield tree
        if empty and not self.problems:
            whole = self.start == Mark(self.start.file, 1, 1)
            self.problems.append(Problem(self.start, "", Phrase("source.empty" if whole else "source.empty_entry")))

    def _mark(self, event: Any) -> Mark:
        return place_in(self.start, event.start_mark.line, event.start_mark.column)

    def _refuse(self, event: Any, key: str, **values: Any) -> None:
        self.problems.append(Problem(self._mark(event), "", Phrase(key, **values)))

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "source.anchor")
        if event.tag is not None and event.tag != "!":
            self._refuse(event, "source.tag", tag=event.tag)

    def _node(self, event: Any, next_event: Callable[[], Any], depth: int) -> Any:
        kind = type(event)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._refuse(event, "source.too_many", limit=MOST_NODES)
            raise BadFile(self.problems)
        if kind is ScalarEvent and event.anchor is event.tag is None:
            return self._scalar(event)  # nearly all nodes of a file
        if kind is AliasEvent:
            self._refuse(event, "source.anchor")
            return None
        self._refuse_properties(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if depth > MOST_NESTING:
            self._refuse(event, "source.too_deep", limit=MOST_NESTING)
            raise BadFile(self.problems)
        if kind is SequenceStartEvent:
            return self._sequence(event, next_event, depth)
        return self._mapping(event, next_event, depth)

    def _scalar(self, event: Any) -> Scalar | None:
        text = event.value
        plain = not event.style
        if plain and text in _NULL:
            return None
        made = Scalar(text)
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        made.file, made.plain = self._file, plain
        made.line, made.column = self._line + line, column + (1 if line else self._column)  # as `place_in`, at once
        made.cut = plain and self.text[end.index : end.index + 1] in _BLANK and self._comment_at(end.index)
        made.verbatim = end.line == line and end.column - column == len(text) + (0 if plain else 2)
        return made

    def _comment_at(self, place: int) -> bool:
        return _COMMENT.match(self.text, place) is not None

    def _sequence(self, start: Any, next_event: Callable[[], Any], depth: int) -> Sequence:
        made = Sequence()
        made.mark = self._mark(start)
        while type(event := next_event()) is not SequenceEndEvent:
            made.append(self._node(event, next_event, depth + 1))
        return made

    def _mapping(self, start: Any, next_event: Callable[[], Any], depth: int) -> Mapping:
        made = Mapping()
        made.mark = self._mark(start)
        while type(event := next_event()) is not MappingEndEvent:
            key = self._node(event, next_event, depth + 1)
            value = self._node(next_event(), next_event, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(event, "source.key_not_text")
            elif key == "<<" and key.plain:
                self._refuse(event, "source.merge_key")
            elif key in made:
                if len(self.problems) < MOST_PROBLEMS:  # no more are told, and finding the first takes its time
                    first = made.key_mark(key).line
                    self.problems.append(Problem(key.mark, key, Phrase("source.duplicate_key", name=key, line=first)))
            else:
                made[key] = value
        return made


_YAML_SAYS = {
    "could not find expected ':'": "source.no_colon",
    "mapping values are not allowed": "source.second_colon",
    "found character that cannot start any token": "source.bad_start",
    "found a tab character": "source.bad_start",
    "did not find expected ',' or '}'": "source.open_brace",
    "did not find expected ',' or ']'": "source.open_bracket",
    "did not find expected key": "source.no_key",
    "did not find expected '-'": "source.no_dash",
    "found unexpected end of stream": "source.open_quote",
}
_CONTENT = (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
