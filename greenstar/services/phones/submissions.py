"""Submissions as visits: what `record --from-odk` reads, with the checks and places of an answers file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from greenstar.assessment.answers_file import (
    AnswersFile,
    KeptSchemes,
    SchemeFinder,
    WrittenVisit,
    read_written,
    scheme_of,
)
from greenstar.errors import BadFile, BadInput
from greenstar.scheme.model import Scheme
from greenstar.services.phones.exported import PhoneSubmission, submissions
from greenstar.services.phones.fields import SCHEME_FIELD, VERSION_FIELD
from greenstar.services.phones.headings import Headings
from greenstar.services.phones.visit_tree import TreeBuilder

_MEDIA = "media"  # the folder beside the table in which ODK Central puts the files


def read_submissions(path: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None = None) -> Iterator[AnswersFile]:
    """The visits in an export of ODK Central or KoBo. BadInput, BadFile: it cannot be opened, or something is wrong."""
    headings: dict[str, Headings] = {}
    media = path.parent / _MEDIA
    read = False
    for submission in submissions(path):
        read = True
        scheme = _scheme(submission, path.parent, find_scheme, kept)
        builder = TreeBuilder(headings.setdefault(scheme.sha256, Headings(scheme)), submission)
        tree = builder.tree()
        if builder.problems and submission.headings is not None and _in_header(builder, submission):
            raise BadFile(builder.problems, submission.lines)  # the same would be said of every row
        written = WrittenVisit(tree, submission.lines, {}, builder.problems)
        file = read_written(path, written, lambda _name, _folder, its=scheme: its, None)  # type: ignore[misc]
        yield replace(file, media=media if media.is_dir() else None)
    if not read:
        raise BadInput("phones.no_submissions", path=str(path))


def _in_header(builder: TreeBuilder, submission: PhoneSubmission) -> bool:
    lines = {heading.mark.line for heading in submission.headings or ()}
    return any(problem.mark.line in lines for problem in builder.problems)


def _scheme(submission: PhoneSubmission, folder: Path, find_scheme: SchemeFinder, kept: KeptSchemes | None) -> Scheme:
    """The scheme by which a submission was made: its form says so in fields that are called the same in every form."""
    named = {
        name: str(cell)
        for heading, cell in submission.cells
        for name in (SCHEME_FIELD, VERSION_FIELD)
        if heading.text.endswith(name)
    }
    return scheme_of(named.get(SCHEME_FIELD), named.get(VERSION_FIELD), folder, find_scheme, kept)
