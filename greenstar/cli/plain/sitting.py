"""A visit in hand, line by line: where it is, what the next line is taken for, and what is told in return."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from greenstar.assessment.answer_types import Doubtful, Refused
from greenstar.assessment.model import Answer
from greenstar.cli.plain import pages
from greenstar.cli.plain.entering import in_words, read, type_at
from greenstar.errors import BadInput, GreenStarError, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit import drafts, window
from greenstar.services.visit.conflict import Conflict
from greenstar.services.visit.visit import OpenVisit

Say = Callable[[str], object]
Taker = Callable[[str], object]
"""What a line goes to."""


class NotTaken(BadInput):
    """A line that changed nothing, though it was meant to: a script must not go on as if it had."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.key, **why.values)


class Sitting:
    """One visit, from its opening to its end.

    `takes` is what the next line is for, where it is no command: an answer, a field of a finding, a yes. `over`: there
    is nothing more to take.
    """

    def __init__(self, visit: OpenVisit, catalogue: Catalogue, say: Say) -> None:
        self.visit, self.catalogue = visit, catalogue
        self._say = say
        self.takes: Taker = self.answer
        self._keeps: Taker = self._keep_answer
        self.over = False
        self.criterion, self.question = self._start()

    def _start(self) -> tuple[str, str | None]:
        """Where the visit was left, else at the first criterion that is open."""
        row, scores = self.visit.assessment, self.visit.scorecard.criteria
        if row.cursor in self.visit.scheme.criteria:
            return str(row.cursor), row.cursor_question
        walk = self.visit.scheme.walk
        return next((criterion for criterion in walk if scores[criterion].open), walk[0]), None

    # -- telling

    def say(self, key: str, /, **values: object) -> None:
        """A sentence of the catalogue."""
        self._say(self.catalogue.say(key, **values))

    def tell(self, phrase: Phrase) -> None:
        """A sentence that a use case made."""
        self._say(self.catalogue.render(phrase))

    def lines(self, lines: Iterable[str]) -> None:
        """Lines as they are."""
        for line in lines:
            self._say(line)

    def begin(self) -> None:
        """Say which visit it is, and put the first question."""
        self.lines(pages.opening(self.visit, self.catalogue))
        self.show_criterion()

    def show_criterion(self) -> None:
        """The criterion, and its question."""
        self._say("")
        self.lines(pages.criterion_lines(self.visit, self.criterion, self.catalogue))
        self.show_question()

    def show_question(self) -> None:
        """The question; where none is asked, how to go on."""
        self.expect_answer()
        name = self._asked_here()
        if name is None:
            self.say("plain.nothing_asked")
        else:
            self.lines(pages.question_lines(self.visit, self.criterion, name, self.catalogue))

    def _asked_here(self) -> str | None:
        """The question at hand: the last that was put, if it still is, else the first without an answer."""
        names = self.visit.worked.questions_at(self.criterion)
        if self.question not in names and self.question not in self.visit.scheme.facts:
            self.question = next((name for name in names if pages.stored(self.visit, name) is None), None)
            self.question = self.question or (names[0] if names else None)
        return self.question

    # -- from place to place

    def go_to(self, criterion: str, question: str | None = None) -> None:
        """To a criterion, and a question of it or a fact."""
        self.criterion, self.question = criterion, question
        self.keep_place()
        self.show_criterion()

    def keep_place(self) -> None:
        """The next sitting goes on here."""
        with suppress(StorageError):  # nothing is lost by that
            self.visit.remember(self.criterion, self.question)

    def go_on(self) -> None:
        """To the next question of the criterion, else to the next criterion, with what this one came to."""
        names = self.visit.worked.questions_at(self.criterion)
        if self.question in names and self.question != names[-1]:
            self.question = names[names.index(self.question) + 1]
            self.show_question()
        elif self.question is not None and self.question not in names and names:  # a fact is asked once
            self.question = None
            self.show_question()
        else:
            if names or self.question is not None:  # else it was said already that nothing is asked here
                self.lines(pages.result_lines(self.visit, self.criterion, self.catalogue))
            if not self.step(1):
                self.expect(self._at_the_end, self.not_done)

    def step(self, by: int) -> bool:
        """To the next criterion that applies, or (`by` below 0) to the one before; whether there is any."""
        walk = self.visit.scheme.walk
        at = walk.index(self.criterion)
        onward = walk[at + 1 :] if by > 0 else walk[:at][::-1]
        scores = self.visit.scorecard.criteria
        criterion = next((name for name in onward if scores[name].applies), None)
        if criterion is None:
            self.say("plain.last" if by > 0 else "plain.first")
            return False
        self.go_to(criterion)
        return True

    def _at_the_end(self, line: str) -> None:
        """After the last question nothing is asked any more: a line too many answers nothing."""
        if line.strip():
            raise NotTaken(Phrase("plain.nothing_to_answer", text=line.strip()))
        self.say("plain.last")

    # -- what is typed

    def expect(self, takes: Taker, keeps: Taker) -> None:
        """From now on a line goes to `takes`; one that the input's end cuts off, to `keeps`."""
        self.takes, self._keeps = takes, keeps

    def expect_answer(self) -> None:
        """From now on a line is an answer to the question at hand."""
        self.expect(self.answer, self._keep_answer)

    def take(self, line: str) -> None:
        """Take a line that is no command. NotTaken: it is not what is asked for. StorageError: the disk would not."""
        self.look()
        self.takes(line)

    def look(self) -> None:
        """Take in what another window did."""
        if self.visit.refresh():
            if self.visit.moved:
                raise BadInput("move.meanwhile", store=self.visit.assessment.store)
            self.say("plain.changed_elsewhere")

    def answer(self, line: str) -> None:
        """An answer to the question at hand; an empty line leaves what is there, and goes on."""
        text, name = line.strip(), self._asked_here()
        if not text:
            self.go_on()
            return
        if name is None:
            raise NotTaken(Phrase("plain.nothing_to_answer", text=text))
        self.answer_to(name, text)

    def answer_to(self, name: str, text: str) -> None:
        """An answer to a question or fact, as it was typed. NotTaken: it is none."""
        kind = type_at(self.visit.scheme, name)
        try:
            value = read(kind, text)
        except Doubtful as doubt:
            self._ask_which(name, text, doubt)
        except Refused as refused:
            self._keep_text(name, text)
            raise NotTaken(Phrase("plain.no_choice", text=text) if kind.by_picking else refused.message) from refused
        else:
            self.record(name, value, text)

    def _ask_which(self, name: str, text: str, doubt: Doubtful) -> None:
        kind = type_at(self.visit.scheme, name)
        self._keep_text(name, text)
        self.say("tui.two_readings", text=text)
        for number, reading in enumerate(doubt.readings, 1):
            self.say("words.labelled", label=str(number), text=in_words(kind, reading, self.catalogue))

        def chosen(line: str) -> None:
            picked = line.strip()
            if picked in ("1", "2"):
                self.record(name, doubt.readings[int(picked) - 1], text)
            else:
                self.expect_answer()
                self.takes(line)

        self.expect(chosen, self.not_done)

    def record(self, name: str, value: Answer | None, text: str = "") -> None:
        """Store an answer or fact, say so, and go on. NotTaken: a check refuses it, or another window answered."""
        kind = type_at(self.visit.scheme, name)
        try:
            if name in self.visit.scheme.facts:
                self.visit.set_fact(name, value)
            else:
                self.visit.answer(name, value)
        except Refused as refused:
            self._keep_text(name, text)
            raise NotTaken(refused.message) from refused
        except Conflict as conflict:
            self._keep_text(name, text)
            self.visit.refresh()
            raise NotTaken(conflict.message) from conflict
        self.expect_answer()
        if value is None:
            self.say("plain.cleared")
            self.show_question()
            return
        self.say("plain.recorded", answer=in_words(kind, value, self.catalogue))
        warning = kind.warning(value)
        if warning is not None:
            self._say(f"! {self.catalogue.render(warning)}")
        self.go_on()

    def keep_half_typed(self, field: str, text: str | None) -> None:
        """Keep what is no answer yet, so that it is there on the screen and the next time."""
        row = self.visit.assessment
        if not self.visit.read_only:
            drafts.keep(self.visit.workspace, row.store, row.id, field, text or None)

    def _keep_text(self, name: str, text: str) -> bool:
        """Keep what is no answer yet to a question; whether there is a place for it: half a pick is nothing."""
        keeps = not type_at(self.visit.scheme, name).by_picking
        if keeps:
            self.keep_half_typed(name, text)
        return keeps

    def cut_off(self, line: str) -> None:
        """The input ended within this line: it is kept as half typed, where it is anything, and is no answer."""
        if line.strip():
            self._keeps(line.strip())

    def _keep_answer(self, text: str) -> None:
        name = self._asked_here()
        if name is not None and self._keep_text(name, text):
            self.say("plain.kept_half_typed", text=text)
        else:
            self.not_done(text)

    def not_done(self, text: str) -> None:
        """Say that a line which was cut off did nothing."""
        self.say("plain.not_done", text=text)

    # -- the end

    def leave(self) -> None:
        """The sitting is over; where it was is kept, and the score for lists and rankings."""
        self.over = True
        with suppress(GreenStarError):  # all that was recorded is on disk
            self.keep_place()
            window.leave(self.visit)
            self.visit.close()
