"""`greenstar report`: all that is to be handed over after a visit, in one file."""

import sys
from collections.abc import Sequence

from greenstar.cli.framework import output
from greenstar.cli.framework.commands import command
from greenstar.cli.framework.language import chosen_language
from greenstar.cli.framework.parameters import BOTH, Count, OneOf, option, store_argument
from greenstar.cli.framework.progress import StderrProgress
from greenstar.cli.session import Session
from greenstar.errors import BadInput
from greenstar.i18n.catalogue import LANGUAGES, Catalogue
from greenstar.reports.views.report import ReportView, report_view
from greenstar.services.results.report import gather, visit_to_report

_MOST_REVISIONS = 9999


@command(
    "report",
    about="cli.about_report",
    examples=(
        "greenstar report WX-001 -o WX-001.html",
        "greenstar report WX-001 --lang both --format pdf -o WX-001.pdf",
    ),
    both=True,
)
@store_argument()
@option("--format", "form", type=OneOf("html", "pdf"), default="html", metavar="F", words="cli.opt_form_format")
@option("--revision", type=Count(1, _MOST_REVISIONS), metavar="N", words="cli.opt_revision")
@option("-o", "--output", "target", default="-", metavar="FILE", words="cli.opt_output")
def report(session: Session, store: str, *, form: str, revision: int | None, target: str) -> None:
    """Write the report on a store's visit."""
    if target == "-" and sys.stdout.isatty():
        raise BadInput("report.to_terminal")
    languages = _languages(session)
    with session.workspace(write=False) as workspace, StderrProgress(session.text("report.progress")) as progress:
        visit = visit_to_report(workspace, store, revision)
        view = report_view(gather(visit, progress))
    output.data(_written(view, form, [Catalogue(language) for language in languages]), target)
    if target != "-":
        output.note(session.text("cli.exported", path=target))


def _written(view: ReportView, form: str, catalogues: Sequence[Catalogue]) -> bytes:
    if form == "pdf":
        from greenstar.reports.pdf.report import report_pdf  # noqa: PLC0415 - as below

        return report_pdf(view, catalogues)
    from greenstar.reports.html.report import report_html  # noqa: PLC0415 - Jinja, only where there is a page to write

    return report_html(view, catalogues).encode()


def _languages(session: Session) -> list[str]:
    """The language asked for, or all that the program speaks, its reader's first."""
    if session.lang != BOTH:
        return [session.lang]
    session.lang = chosen_language()
    own = session.catalogue.own_language
    return [own, *(language for language in LANGUAGES if language != own)]
