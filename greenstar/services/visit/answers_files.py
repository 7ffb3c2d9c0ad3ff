"""Answers files as a use case: read, and held to the checks that refuse an answer."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from greenstar.assessment.answers_file import AnswersFile, KeptSchemes, SchemeFinder, read_answers_files
from greenstar.errors import BadFile, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scoring.checks import complaints


def open_answers(
    paths: Iterable[Path], find_scheme: SchemeFinder, kept: KeptSchemes | None = None
) -> Iterator[AnswersFile]:
    """The visits of all files, in order, each read when it is asked for.

    BadInput, BadFile: what is wrong in the first file that is not in order.
    """
    for path in paths:
        for file in read_answers_files(path, find_scheme, kept):
            yield _held_to_checks(file)


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
