"""What `check` found, for a person and for a program."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from greenstar.errors import BadFile
from greenstar.i18n.catalogue import Catalogue
from greenstar.numbers import as_number
from greenstar.reports.problems import place_of, problem_json, problem_lines, sentence_of
from greenstar.services.results.documents import answers_document
from greenstar.services.schemes.check import CheckedExample, CheckedScheme, ExampleMismatch
from greenstar.text import terminal_line


def checked_json(found: list[CheckedScheme], catalogue: Catalogue) -> dict[str, Any]:
    """`check --json`. Its keys are promises; they are only ever added."""
    return {"schemes": [_scheme(one, catalogue) for one in found]}


def _scheme(one: CheckedScheme, catalogue: Catalogue) -> dict[str, Any]:
    problems = [*one.problems, *(problem for example in one.examples for problem in example.problems)]
    return {
        "path": str(one.path),
        "ok": one.ok,
        "scheme": one.scheme.name if one.scheme is not None else None,
        "version": one.scheme.version if one.scheme is not None else None,
        "errors": [problem_json(problem, catalogue) for problem in problems],
        "warnings": [problem_json(warning, catalogue) for warning in one.warnings],
        "examples": [_example(example, catalogue) for example in one.examples],
        "levels": [_level(one, level) for level in one.reached],
    }


def _level(one: CheckedScheme, level: str) -> dict[str, Any]:
    """Whether a visit reaches the level (null: none was found, which proves nothing), and one as an answers file."""
    by, witness = one.reached[level], one.witnesses.get(level)
    return {
        "id": level,
        "reachable": True if by is not None or witness is not None else None,
        "example": str(by) if by is not None else None,
        "witness": answers_document(one.scheme, witness) if one.scheme is not None and witness is not None else None,
    }


def _example(example: CheckedExample, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "file": str(example.path),
        "ok": example.ok,
        "differences": [_difference(difference, catalogue) for difference in example.differences],
    }


def _difference(one: ExampleMismatch, catalogue: Catalogue) -> dict[str, Any]:
    expected, actual = (
        as_number(value, 10) if isinstance(value, Fraction) else value for value in (one.expected, one.actual)
    )
    return {
        "subject": one.subject,
        "expected": expected,
        "actual": actual,
        "message": catalogue.render(one.message),
    }


def checked_lines(one: CheckedScheme, catalogue: Catalogue) -> Iterator[str]:
    """A scheme's errors, or what there is in it, and each example."""
    if one.scheme is None:
        yield catalogue.say("checking.wrong", path=str(one.path))
        yield from problem_lines(BadFile(one.problems, one.lines), catalogue)
        return
    scheme = one.scheme
    criteria, levels = len(scheme.criteria), len(scheme.levels)
    yield catalogue.say(
        "checking.read", path=str(one.path), name=scheme.name, version=scheme.version, criteria=criteria, levels=levels
    )
    for example in one.examples:
        if example.ok:
            yield "  " + catalogue.say("checking.example_ok", file=example.path.name)
            continue
        yield "  " + catalogue.say("checking.example_wrong", file=example.path.name)
        if example.problems:
            yield from problem_lines(BadFile(example.problems, one.lines), catalogue)
        yield from (f"    {catalogue.render(difference.message)}" for difference in example.differences)
    for level, by in one.reached.items():
        if by is not None:
            yield "  " + catalogue.say("checking.reached", level=level, file=by.name)
        else:
            found = one.witnesses.get(level) is not None
            yield "  " + catalogue.say("checking.reachable" if found else "checking.not_reached", level=level)
    for warning in one.warnings:
        yield "  ! " + terminal_line(f"{place_of(warning)}: {sentence_of(warning, catalogue)}")
