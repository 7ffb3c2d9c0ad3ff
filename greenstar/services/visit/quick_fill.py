"""Much of a place filled in at once: what is still as it was in the last cycle, or all evidence that was looked at.

Each answer and each list of evidence is an event of its own, as always. What was filled in together is noted under one
reason, by which one undo takes it all back.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from greenstar.assessment.answer_types import Refused
from greenstar.errors import BadInput
from greenstar.record.canonical import canonical
from greenstar.record.timestamps import read_time
from greenstar.record.ulids import new_ulid
from greenstar.services.evidence.evidence import of_criterion
from greenstar.services.visit import drafts
from greenstar.services.visit.codec import encode_answer
from greenstar.services.visit.history import FILLED
from greenstar.services.visit.visit import OpenVisit
from greenstar.storage.protocols.evidence import Keeping

STILL_SO, VERIFIED = "still_so", "verified"


@dataclass(frozen=True)
class Fill:
    """What can be filled in: contents as (kind, subject, JSON text), and of how many things; `left`: what cannot be."""

    what: str
    contents: tuple[tuple[str, str, str | None], ...]
    count: int
    left: int


def still_so(visit: OpenVisit, criteria: Iterable[str]) -> Fill:
    """The last cycle's answers to the questions of these criteria that are asked now and are not answered.

    Left out: figures of a period, which are new ones; what a check refuses; and what is half typed.
    """
    previous, worked, scheme = visit.previous, visit.worked, visit.scheme
    if previous is None:
        return Fill(STILL_SO, (), 0, 0)
    half_typed = drafts.kept(visit.workspace, visit.assessment.store, visit.assessment.id)
    contents: list[tuple[str, str, str | None]] = []
    left = 0
    for question in _asked(visit, criteria):
        if question in worked.visit.answers or question not in worked.asked:
            continue
        before, asked = previous.answers.get(question), scheme.questions[question]
        if before is None or question in half_typed or asked.period is not None:
            left += 1
            continue
        try:
            worked = worked.answered(question, before)
        except Refused:
            left += 1
        else:
            contents.append(("answer", question, encode_answer(scheme, asked, before)))
    return Fill(STILL_SO, tuple(contents), len(contents), left)


def _asked(visit: OpenVisit, criteria: Iterable[str]) -> Iterator[str]:
    """All questions of these criteria; what an answer brings up or rules out is seen as one goes through them."""
    return (question for criterion in criteria for question in visit.scheme.questions_of[criterion])


def all_verified(visit: OpenVisit, criteria: Iterable[str]) -> Fill:
    """The evidence of these criteria that nobody has verified yet; `left`: files that are not here to be looked at."""
    contents: list[tuple[str, str, str | None]] = []
    count = left = 0
    for criterion in criteria:
        entries = of_criterion(visit, criterion)
        unverified = [entry for entry in entries if not entry.verified]
        here = [entry for entry in unverified if entry.keeping is Keeping.KEPT]
        count, left = count + len(here), left + len(unverified) - len(here)
        if here:
            rows = [{**entry.row, "verified": 1} if entry in here else entry.row for entry in entries]
            contents.append(("evidence", criterion, canonical(rows)))
    return Fill(VERIFIED, tuple(contents), count, left)


def fill(visit: OpenVisit, work_out: Callable[[OpenVisit, Sequence[str]], Fill], criteria: Sequence[str]) -> Fill:
    """Fill in what can be at this moment; what it was. BadInput: there is nothing any more."""
    done = work_out(visit, criteria)
    if not done.contents:
        raise BadInput("fill.nothing")
    together = new_ulid(read_time(visit.workspace.now()))
    visit.put_together(done.contents, because=f"{FILLED}{done.what}:{together}")
    return done
