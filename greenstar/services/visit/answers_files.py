"""Answers files as a use case: read, and held to the checks that refuse an answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from typing_extensions import override

from greenstar.assessment.answers_file import AnswersFile, KeptSchemes, SchemeFinder, read_answers_files
from greenstar.errors import BadFile, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scoring.checks import complaints

_MOST_HELD = 100
Read = Callable[[Path, SchemeFinder, KeptSchemes | None], Iterator[AnswersFile]]
"""Reads the visits of one file."""


def open_answers(
    paths: Iterable[Path],
    find_scheme: SchemeFinder,
    kept: KeptSchemes | None = None,
    read: Read = read_answers_files,
) -> Iterator[AnswersFile]:
    """The visits of all files, in order, each read when it is asked for.

    BadInput, BadFile: what is wrong in the first file that is not in order.
    """
    for path in paths:
        for file in read(path, find_scheme, kept):
            yield _held_to_checks(file)


class AnswersFiles(Iterable[AnswersFile]):
    """The visits of files, to be gone through as often as it takes: a few are held, more are read anew each time."""

    def __init__(
        self,
        paths: Sequence[Path],
        find_scheme: SchemeFinder,
        kept: KeptSchemes | None = None,
        read: Read = read_answers_files,
    ) -> None:
        self._read = partial(open_answers, paths, find_scheme, kept, read)
        self._held: list[AnswersFile] | None = None

    @override
    def __iter__(self) -> Iterator[AnswersFile]:
        if self._held is not None:
            yield from self._held
            return
        held: list[AnswersFile] = []
        for file in self._read():
            if len(held) <= _MOST_HELD:
                held.append(file)
            yield file
        if len(held) <= _MOST_HELD:
            self._held = held


def _held_to_checks(file: AnswersFile) -> AnswersFile:
    """The file itself, if no check of its scheme refuses an answer in it."""
    problems = []
    for complaint in complaints(file.scheme, file.visit):
        if complaint.refuse:
            name = next((name for name in complaint.questions if name in file.visit.answers), "")
            mark = file.at.value(("answers", name) if name else ("answers",))
            message = Phrase("answers.refused_by_check", criterion=complaint.criterion, because=complaint.because)
            problems.append(Problem(mark, name, message))
    if problems:
        raise BadFile(problems, dict(file.lines))
    return file
