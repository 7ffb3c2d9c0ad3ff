"""Asks where the report on a visit is to be written, and has it written beside the screen: pictures take a while."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from greenstar.errors import GreenStarError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence.viewer_copy import file_name
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.tui.common import threads
from greenstar.tui.common.form import Form, FormField
from greenstar.tui.common.form_dialog import Done, FormDialog
from greenstar.tui.common.screen import GreenScreen

if TYPE_CHECKING:
    from greenstar.reports.views.report import ReportView


def ask_report(screen: GreenScreen, visit: OpenVisit) -> None:
    """Ask for the file, which is written in the language of the screen; what becomes of it is said in passing."""
    row, host = visit.assessment, screen.host

    def tell(told: Phrase, *, wrong: bool = False) -> None:
        with suppress(RuntimeError):  # the program has ended
            screen.app.call_later(partial(host.notify, told, wrong=wrong))

    def write(done: Done | None) -> None:
        if done is not None:
            host.notify(Phrase("report.being_written"))
            threads.start(partial(_write, visit.workspace, row.id, screen.catalogue, done.result, tell))

    screen.app.push_screen(FormDialog(report_form(row.store, row.cycle)), write)


def report_form(store: str, cycle: str) -> Form:
    """Where to: a file in the user's home, unless another is named."""
    path = f"~/{file_name(f'{store}-{cycle}.html')}"
    field = FormField("path", Phrase("report.word_path"), path, needed=True)
    says = Phrase("report.asks", store=store, cycle=cycle)
    return Form("report", Phrase("report.title", store=store), says, [field], lambda _, texts: texts["path"])


def _write(workspace: Workspace, assessment: int, catalogue: Catalogue, path: str, tell: Callable[..., None]) -> None:
    """Write it, over a connection of its own."""
    from greenstar.reports.views.report import report_view  # noqa: PLC0415 - only where there is a page to write
    from greenstar.services.results.report import gather  # noqa: PLC0415 - as above
    from greenstar.services.settings.settings import expand_home  # noqa: PLC0415 - as above
    from greenstar.storage.user_file import write_user_file  # noqa: PLC0415 - as above

    try:
        with workspace.again() as own:
            view = report_view(gather(OpenVisit(own, own.storage.assessments.get(assessment))))
        target = str(expand_home(path))
        write_user_file(target, _written(view, catalogue, pdf=target.lower().endswith(".pdf")))
    except GreenStarError as error:
        tell(error.message, wrong=True)
    else:
        tell(Phrase("report.written", path=target))


def _written(view: "ReportView", catalogue: Catalogue, *, pdf: bool) -> bytes:
    """The report in the format that its file is named for."""
    if pdf:
        from greenstar.reports.pdf.report import report_pdf  # noqa: PLC0415 - Typst, an extra

        return report_pdf(view, [catalogue])
    from greenstar.reports.html.report import report_html  # noqa: PLC0415 - Jinja

    return report_html(view, [catalogue]).encode()
