"""What `check` does: read a scheme, score its examples, look for visits that reach each level, and warn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile
from greenstar.assessment.model import Visit
from greenstar.errors import BadFile, BadInput, Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import written
from greenstar.scheme.loader import EXAMPLES, read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scoring.reachability import reach
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.schemes.against import Against
from greenstar.services.schemes.registry import shipped_schemes
from greenstar.services.settings import settings
from greenstar.services.visit.answers_files import open_answers


@dataclass(frozen=True)
class ExampleMismatch:
    """Where an example's result is not what the example expects; `subject` is `total`, `level` or a criterion's id."""

    subject: str
    expected: Fraction | str | bool | None
    actual: Fraction | str | bool | None

    @property
    def message(self) -> Phrase:
        """The difference as a sentence."""
        return Phrase(
            "checking.differs", subject=self.subject, expected=_in_full(self.expected), actual=_in_full(self.actual)
        )


@dataclass
class CheckedExample:
    """One example: what differs, and what cannot be read in it."""

    path: Path
    differences: list[ExampleMismatch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether its result is what it expects."""
        return not self.differences and not self.problems


@dataclass
class CheckedScheme:
    """What was found in one scheme.

    `reached` gives each level the first example that reaches it, or None; `sample_visits` a visit that was looked for.
    `unopened`: why something in it could not even be opened. `against`: what a database has of it, where one was named.
    """

    path: Path
    scheme: Scheme | None = None
    unopened: Phrase | None = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, Sequence[str]] = field(default_factory=dict)
    examples: list[CheckedExample] = field(default_factory=list)
    reached: dict[str, Path | None] = field(default_factory=dict)
    sample_visits: dict[str, Visit | None] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    against: Against | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        fits = self.against is None or self.against.ok
        return fits and not self.problems and all(example.ok for example in self.examples)


def path_of(name: str) -> Path:
    """The path of the scheme that a person names: a shipped one by its name, any other by its path."""
    return shipped_schemes().get(name) or settings.expand_home(name)


def check(path: Path) -> CheckedScheme:
    """Check the scheme at `path`, a file or a folder."""
    checked = CheckedScheme(path)
    try:
        checked.scheme = read_scheme(path)
        _run_examples(checked)
    except BadFile as error:
        checked.problems, checked.lines = error.problems, dict(error.lines)
    except BadInput as error:
        checked.scheme, checked.unopened = None, error.message
        checked.problems = [Problem(Mark(str(path), 1, 1), "", error.message)]
    if checked.scheme is not None:
        reachable = reach(checked.scheme)
        checked.sample_visits = reachable.levels
        checked.warnings = sorted([*checked.scheme.doubts, *reachable.warnings], key=lambda warning: warning.mark)
    return checked


def _run_examples(checked: CheckedScheme) -> None:
    assert checked.scheme is not None
    checked.reached = {level.id: None for level in checked.scheme.levels}
    for example in _examples_beside(checked.path):
        checked.examples.append(_run(example, checked))


def _examples_beside(path: Path) -> list[Path]:
    folder = (path if path.is_dir() else path.parent) / EXAMPLES
    return sorted(file for file in folder.glob("*") if file.suffix in (".yaml", ".yml", ".json"))


def _run(path: Path, checked: CheckedScheme) -> CheckedExample:
    """Score the visits of an example under the scheme that is checked."""
    scheme, example = checked.scheme, CheckedExample(path)
    assert scheme is not None

    def only_this(name: str | None, base: Path) -> Scheme:
        if name is not None and name != scheme.name and (base / name).resolve() != checked.path.resolve():
            example.differences.append(ExampleMismatch("scheme", name, scheme.name))
        return scheme

    try:
        files = list(open_answers([path], only_this))
    except BadFile as error:
        example.problems = error.problems
        checked.lines.update(error.lines)
        return example
    for file in files:
        card = score(scheme, file.visit)
        example.differences += differences(file, card)
        if card.level is not None and checked.reached[card.level] is None:
            checked.reached[card.level] = path
    return example


def differences(file: AnswersFile, card: Scorecard) -> Iterator[ExampleMismatch]:
    """Where the scorecard is not what the file expects; what it does not mention may be anything."""
    expect = file.expect
    if expect is None:
        return
    said = expect.model_fields_set
    pairs = (("total", expect.total, card.total), ("level", expect.level, card.level))
    for subject, expected, actual in (*pairs, ("lighthouse", expect.lighthouse, card.lighthouse)):
        if subject in said and expected != actual:
            yield ExampleMismatch(subject, expected, actual)
    for name, points in expect.criteria.items():
        score_of = card.criteria.get(name)
        actual = score_of.points if score_of is not None else None
        if points != actual:
            yield ExampleMismatch(name, points, actual)


def _in_full(value: Fraction | str | bool | None) -> object:
    """A figure as the file would write it, in full, so that two that differ never look alike."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return written(value) if isinstance(value, Fraction) else value
