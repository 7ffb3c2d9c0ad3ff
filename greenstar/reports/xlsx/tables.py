"""Exported tables as a workbook: a sheet that says what they are, and then a sheet a table."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from greenstar.assessment.spreadsheet.layout import SheetName, sheet_title
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.table_words import bilingual, bilingual_of_form
from greenstar.reports.views.tables import TableView
from greenstar.reports.xlsx.cells import Looks
from greenstar.reports.xlsx.sheet import GrowingSheet, for_print
from greenstar.reports.xlsx.sink import Sink
from greenstar.services.results.column_kinds import Kind
from greenstar.text import clean_text

_READ_ME_WIDTHS = (16, 30, 36, 36)
_LINE_HEIGHT = 16


@dataclass(frozen=True)
class About:
    """What a workbook says of itself. `titles`: by language those of categories, keys and facts, by their columns."""

    schemes: tuple[str, ...]
    cycle: str | None
    written: datetime
    titles: Mapping[str, Mapping[str, str]]


class Book:
    """A workbook that is being written."""

    def __init__(self, workbook: Any, about: About, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.about = about
        self.sign = catalogue.say("columns.cut_sign")
        self.sheets: list[tuple[str, Mapping[str, str], GrowingSheet]] = []
        self._numbers: Counter[str] = Counter()
        self._workbook = workbook
        self._looks = Looks(workbook)
        self._read_me = workbook.add_worksheet(catalogue.say("columns.read_me"))

    @property
    def cut(self) -> int:
        """How many texts were too long for their cells."""
        return sum(sheet.cells.cut for _, _, sheet in self.sheets)

    def sheet(self, table: str, columns: Mapping[str, Kind]) -> GrowingSheet:
        """A new sheet for a table; a second one for the same table has a number."""
        words = self.catalogue.say(f"columns.sheet_{table}")
        headings = [bilingual(table, column, self.about.titles) for column in columns]
        return self._sheet(table, columns, words, headings)

    def form_sheet(self, name: SheetName, columns: Mapping[str, Kind]) -> GrowingSheet:
        """A new sheet as a form has it, so that it can be read back."""
        headings = [bilingual_of_form(column) for column in columns]
        return self._sheet(name, columns, sheet_title(name, self.catalogue), headings)

    def _sheet(self, table: str, columns: Mapping[str, Kind], words: str, headings: list[str]) -> GrowingSheet:
        self._numbers[table] += 1
        number = self._numbers[table]
        if number > 1:
            words = self.catalogue.say("columns.sheet_more", sheet=words, number=number)
        sheet = GrowingSheet(self._workbook.add_worksheet(words), columns, headings, self._looks, self.sign)
        self.sheets.append((words, dict(zip(columns, headings, strict=True)), sheet))
        return sheet

    def table(self, table: TableView) -> None:
        """All rows of a table; what has no room in one sheet goes on in the next."""
        sheet = self.sheet(table.name, table.columns)
        for row in table.rows:
            if not sheet.has_room():
                sheet = self.sheet(table.name, table.columns)
            sheet.add(row)

    def finish(self, sentences: Iterable[str] = ()) -> None:
        """What is only known when all is written."""
        for _, _, sheet in self.sheets:
            sheet.finish()
        page, say, line = self._read_me, self.catalogue.say, 0
        for place, width in enumerate(_READ_ME_WIDTHS):
            page.set_column(place, place, width)
        page.hide_gridlines(2)
        for_print(page)
        names = [words for words, _, _ in self.sheets]
        page.write_string(0, 0, say("columns.book_title", tables=names), self._looks.title)
        for line, sentence in enumerate([*self._sentences(), *sentences], 2):
            page.merge_range(line, 0, line, len(_READ_ME_WIDTHS) - 1, "", self._looks.sentence)
            page.write_string(line, 0, clean_text(sentence), self._looks.sentence)
            page.set_row(line, _LINE_HEIGHT * (1 + len(sentence.encode()) // 130))
        line += 2
        for place, key in enumerate(("sheet", "column", "english", "chinese")):
            page.write_string(line, place, say(f"columns.{key}"), self._looks.heading)
        for words, headings, _ in self.sheets:
            for column, languages in headings.items():
                line += 1
                for place, text in enumerate((words, column, *languages.split("\n"))):
                    page.write_string(line, place, clean_text(text))
        page.activate()

    def _sentences(self) -> Iterator[str]:
        say = self.catalogue.say
        if self.about.schemes:
            yield say("columns.of_scheme", schemes=list(self.about.schemes))
        yield (
            say("columns.of_all_cycles")
            if self.about.cycle is None
            else say("columns.of_cycle", cycle=self.about.cycle)
        )
        yield say("columns.written_at", time=f"{self.about.written:%Y-%m-%d %H:%M:%S}")
        counts = (
            (words, say("columns.rows", count=sheet.rows, shown=f"{sheet.rows:,}")) for words, _, sheet in self.sheets
        )
        yield say("columns.rows_between").join(say("words.labelled", label=name, text=text) for name, text in counts)
        yield say("columns.about")
        cut = self.cut
        yield say("columns.cut", count=cut, sign=self.sign) if cut else say("columns.nothing_cut")


@contextmanager
def book(file: IO[bytes], about: About, catalogue: Catalogue) -> Iterator[Book]:
    """A workbook that is written into `file` when the block ends well; else nothing is left of it.

    OSError: it cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="greenstar-") as folder:
        settings = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        sink = Sink(file)
        workbook = xlsxwriter.Workbook(sink, settings)
        workbook.set_properties({"title": "Green Star", "created": about.written.replace(tzinfo=None)})
        try:
            made = Book(workbook, about, catalogue)
            yield made
            workbook.close()
        except XlsxFileError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from error
        finally:
            sink.ended = True
            workbook.fileclosed = True  # else it would be written when it is forgotten
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()
