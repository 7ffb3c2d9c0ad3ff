"""Small schemes and visits from a few lines of YAML: what the tests of the core are written with."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent
from typing import Any

import pytest

from greenstar.assessment.model import Answer, Evidence, Finding, Store, Visit
from greenstar.errors import BadFile
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import Scorecard

HEADER = 'scheme: small\nversion: "1"\ntitle: Small\nlanguages: [en]\n'
HERE = "▸"  # marks, in the text of a test, the place at which an error must be reported


def scheme(body: str) -> Scheme:
    """The scheme of `body`; the first lines, the same for all, are put before it."""
    return read(HEADER + dedent(body))


def as_written(finding: Finding) -> Finding:
    """A finding as somebody wrote it down, without what tells it from others like it."""
    return replace(finding, id="", follows="")


def scheme_of(criteria: str, header: str = "") -> Scheme:
    """A scheme of one category, A, with these criteria."""
    return scheme(
        header + "\ncategories:\n  - category: A\n    title: A\n    criteria:\n" + indent(dedent(criteria), "      ")
    )


_read: dict[str, Scheme] = {}


@cache
def _folder() -> TemporaryDirectory[str]:
    """Where the schemes of tests are written, each in the place of the one before."""
    return TemporaryDirectory()


def read(text: str) -> Scheme:
    """The scheme in `text`, read from a file; the same text once."""
    if text not in _read:
        path = Path(_folder().name) / "scheme.yaml"
        path.write_text(text, encoding="utf-8")
        _read[text] = read_scheme(path)
    return _read[text]


def refused(body: str) -> BadFile:
    """What is wrong with a scheme, each problem where `▸` says: a line and column for each mark, in their order."""
    text = HEADER + dedent(body).lstrip("\n")
    marked = []
    while HERE in text:
        before, _, after = text.partition(HERE)
        marked.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
        text = before + after
    with pytest.raises(BadFile) as caught:
        read(text)
    places = [(problem.mark.line, problem.mark.column) for problem in caught.value.problems]
    assert not marked or places == marked, [(problem.mark, problem.message) for problem in caught.value.problems]
    return caught.value


def why(body: str) -> str:
    """The only thing wrong with a scheme, as the key of its sentence."""
    (problem,) = refused(body).problems
    return problem.message.key


def why_criteria(criteria: str) -> str:
    """The only thing wrong with a scheme of one category with these criteria."""
    return why("categories:\n  - category: A\n    title: A\n    criteria:\n" + indent(dedent(criteria), "      "))


def figure(identifier: str, points: object = 10, keys: str = "") -> str:
    """A criterion that earns the number which answers it."""
    keys = f", {keys}" if keys else ""
    return f"- {{id: {identifier}, title: t, points: {points}, type: number, ask: q, score: {{}}{keys}}}\n"


def gate(identifier: str, keys: str = "") -> str:
    """A prerequisite of one question."""
    keys = f", {keys}" if keys else ""
    return f"- {{id: {identifier}, title: t, prerequisite: true, type: boolean, ask: q{keys}}}\n"


def category(identifier: str, criteria: str, keys: str = "") -> str:
    """One category of a list of them."""
    extra = "".join(f"  {line}\n" for line in keys.splitlines())
    return f"- category: {identifier}\n  title: t\n{extra}  criteria:\n{indent(criteria, '    ')}"


def answer(value: Any) -> Answer:
    """A value as a visit holds it: numbers are fractions, lists of options tuples."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    held: Answer = tuple(value) if isinstance(value, list) else value
    return held


def visit(
    answers: Mapping[str, Any] | None = None,
    *,
    facts: Mapping[str, Any] | None = None,
    away: str = "",
    evidence: Mapping[str, bool] | None = None,
    findings: tuple[Finding, ...] = (),
) -> Visit:
    """A visit; `away` names the criteria that the assessor marks as not applicable."""
    return Visit(
        store=Store("S-1", "Store"),
        facts={name: answer(value) for name, value in (facts or {}).items()},
        answers={name: answer(value) for name, value in (answers or {}).items()},
        not_applicable=dict.fromkeys(away.split(), "not there"),
        evidence={name: (Evidence("photo.jpg", verified),) for name, verified in (evidence or {}).items()},
        findings=findings,
    )


def card(under: Scheme, answers: Mapping[str, Any] | None = None, **visit_parts: Any) -> Scorecard:
    """The scorecard of such a visit."""
    return score(under, visit(answers, **visit_parts))


def of(result: object, names: str) -> list[Any]:
    """Several figures of a result at once; a name may reach inside, as in `worst.total`."""
    return [attrgetter(name)(result) for name in names.split()]
