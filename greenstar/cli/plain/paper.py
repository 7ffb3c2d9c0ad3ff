"""A form on paper, keyed in: a line is a code of the form and what is written beside it."""

from typing_extensions import override

from greenstar.cli.plain import pages
from greenstar.cli.plain.entering import in_words, type_at
from greenstar.cli.plain.sitting import NotTaken, Say, Sitting
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.paper_codes import paper_codes
from greenstar.services.visit.visit import OpenVisit


class PaperSitting(Sitting):
    """A visit keyed in from paper: the form has put the questions, so none is put here; all else is as line by line."""

    def __init__(self, visit: OpenVisit, catalogue: Catalogue, say: Say) -> None:
        super().__init__(visit, catalogue, say)
        self._codes = paper_codes(visit.scheme)
        self.expect_answer()

    @override
    def begin(self) -> None:
        self.lines(pages.opening(self.visit, self.catalogue))
        self.say("paper.intro")

    @override
    def expect_answer(self) -> None:
        self.expect(self._keyed, self.not_done)

    @override
    def go_on(self) -> None:
        """The next line says where it goes on."""

    def _keyed(self, line: str) -> None:
        code, *rest = line.split(maxsplit=1)
        name = self._codes.get(code.upper())
        if name is None:
            raise NotTaken(Phrase("paper.no_code", code=code))
        self.question = name
        self.criterion = self.visit.scheme.criterion_of.get(name, self.criterion)
        if rest:
            self.answer_to(name, rest[0].strip())
        else:
            self._show(code.upper(), name)

    def _show(self, code: str, name: str) -> None:
        """What a question asks, and what is recorded."""
        visit = self.visit.visit
        value = visit.facts.get(name) if name in self.visit.scheme.facts else visit.answers.get(name)
        answer = in_words(type_at(self.visit.scheme, name), value, self.catalogue)
        self.say("paper.now", code=code, question=self.visit.scheme.asked(name).ask, answer=answer)
