"""What is told of a visit, a criterion, a question and a result: lines that make sense when they are heard."""

from collections.abc import Iterator
from fractions import Fraction

from greenstar.assessment.model import Answer
from greenstar.cli.plain.entering import choices, expected, in_words, type_at
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.reports.views.criteria import asked_at, earnings, worded
from greenstar.reports.views.figures import Figure, ScorecardFigures
from greenstar.reports.views.scorecard import summary
from greenstar.scheme.parts import points_of
from greenstar.scheme.rules.evaluation import Unknown
from greenstar.services.findings import form
from greenstar.services.visit import drafts
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt, one_line


def opening(visit: OpenVisit, catalogue: Catalogue) -> Iterator[str]:
    """Which visit it is, and how far it is."""
    row, store = visit.assessment, visit.visit.store
    status, name = Phrase(f"tui.status_{row.status}"), in_language(store.name, catalogue.language)
    yield catalogue.say("plain.visit", store=store.code, name=name, cycle=row.cycle, status=status)
    yield catalogue.say("plain.assessor", assessor=visit.workspace.assessor)
    yield from standing(visit, catalogue)
    yield catalogue.say("tui.is_read_only" if visit.read_only else "plain.how")


def standing(visit: OpenVisit, catalogue: Catalogue) -> Iterator[str]:
    """What the visit comes to now."""
    card, say = visit.scorecard, catalogue.say
    told = summary(visit.scheme, card)
    yield say("tui.answered_of", answered=told.answered, asked=told.asked) + say("plain.stop")
    if card.total is not None:
        yield say("reports.total", total=told.total.text, available=told.available.text) + say("plain.stop")
    if told.has_levels:
        now, best = (bound.title or Phrase("tui.no_level") for bound in (told.now, told.best))
        yield say("plain.level", now=now, best=best)


def criterion_lines(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """A criterion: its heading, what to look for, what is noted, and why nothing is asked."""
    say, content = catalogue.say, visit.visit
    yield from _heading(visit, criterion, catalogue)
    if criterion in content.not_applicable:
        yield labelled(say("tui.not_applicable"), content.not_applicable[criterion], catalogue)
    elif not visit.scorecard.criteria[criterion].applies:
        yield say("tui.does_not_apply")
    yield from _waits(visit, criterion, catalogue)
    if criterion in content.notes:
        yield labelled(say("tui.note"), one_line(content.notes[criterion]), catalogue)
    if criterion in visit.flags:
        yield say("tui.flagged", id=criterion)
    yield from _attached(visit, criterion, catalogue)
    yield from half_typed_lines(visit, criterion, catalogue)


def _waits(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """What has to be answered elsewhere before it is known what is asked here; nothing where that is known."""
    score = visit.scorecard.criteria[criterion]
    if score.open and not visit.worked.questions_at(criterion):
        why, where = worded(visit.scheme, score.reason), asked_at(visit.scheme, score.reason)
        yield catalogue.say("tui.waits_for", why=why, where=where)


def _heading(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """What a criterion is called, what it is worth and where it is looked at; and what to look for."""
    say, scheme = catalogue.say, visit.scheme
    declared = scheme.criteria[criterion]
    worth = say("tui.prerequisite") if declared.prerequisite else say("tui.points", points=points_of(declared))
    place = place_of(visit, criterion, catalogue)
    yield say(
        "plain.criterion",
        id=criterion,
        title=declared.title,
        worth=worth,
        place=place,
        number=str(scheme.walk.index(criterion) + 1),
        count=str(len(scheme.walk)),
    )
    if declared.guidance is not None:
        yield labelled(say("tui.look"), catalogue.write(declared.guidance), catalogue)


def _attached(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """How many files and findings a criterion has."""
    say, content = catalogue.say, visit.visit
    evidence = content.evidence.get(criterion, ())
    if evidence:
        verified = str(sum(piece.verified for piece in evidence))
        files = say("tui.files", count=len(evidence), verified=verified)
        yield labelled(say("tui.evidence"), files, catalogue)
    open_findings = [finding for finding in content.findings if finding.criterion == criterion and not finding.closed]
    to_settle = [row for row in visit.findings_to_settle if row["criterion"] == criterion]
    if open_findings or to_settle:
        yield say("plain.has_findings", open=str(len(open_findings)), before=str(len(to_settle)))


def half_typed_lines(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """What is half typed at a criterion, and is neither a note, a reason, evidence nor a finding yet."""
    kept = drafts.kept(visit.workspace, visit.assessment.store, visit.assessment.id)
    for kind in ("note", "exemption", "evidence", "finding"):
        text = kept.get(drafts.field(kind, criterion))
        if kind == "finding":
            finding = form.read_half_typed(text)
            text = None if finding is None else finding.values["text"]
        if text is not None:
            yield catalogue.say(f"checklist.half_{kind}", text=excerpt(text))


def question_lines(visit: OpenVisit, criterion: str, name: str, catalogue: Catalogue) -> Iterator[str]:
    """A question: its words, what it takes, what is stored, what was before, and what is half typed."""
    say, scheme = catalogue.say, visit.scheme
    question, kind = scheme.asked(name), type_at(scheme, name)
    names = visit.worked.questions_at(criterion)
    if len(names) > 1 and name in names:
        which = say("plain.question_of", number=str(names.index(name) + 1), count=str(len(names)))
        yield labelled(which, catalogue.write(question.ask), catalogue)
    else:
        yield catalogue.write(question.ask)
    for number, words in enumerate(choices(kind, catalogue), 1):
        yield labelled(str(number), words, catalogue)
    if kind.several:
        yield labelled("0", say("tui.none_of_these"), catalogue)
    yield expected(kind, question, catalogue)
    answer = stored(visit, name)
    if answer is not None:
        yield say("plain.stored", answer=in_words(kind, answer, catalogue))
    previous = visit.previous.answers.get(name) if visit.previous is not None else None
    if visit.previous is not None and previous is not None:
        word = "plain.before" if question.period is None else "plain.before_anew"
        yield say(word, cycle=visit.previous.cycle, answer=in_words(kind, previous, catalogue))
    half_typed = drafts.kept(visit.workspace, visit.assessment.store, visit.assessment.id).get(name)
    if half_typed is not None and not kind.by_picking:
        yield say("plain.half_typed", text=excerpt(half_typed))


def result_lines(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> Iterator[str]:
    """What the answers of a criterion come to, what is questionable about them, and the named quantities behind."""
    scheme, card = visit.scheme, visit.scorecard
    score = card.criteria[criterion]
    for name in scheme.values_shown(criterion):
        value = card.values.get(name)
        if value is not None and not isinstance(value, Unknown):
            unit = scheme.values[name].unit
            shown = Quantity(value, unit) if isinstance(value, Fraction) else value
            yield labelled(catalogue.write(scheme.values[name].title), catalogue.write(shown), catalogue)
    for complaint in visit.worked.complaints_at(criterion):
        if not isinstance(complaint.because, Phrase):
            yield f"! {catalogue.write(complaint.because)}"
    outcome = catalogue.render(score.outcome_words)
    if score.open:
        yield labelled(criterion, outcome, catalogue)
        yield from _waits(visit, criterion, catalogue)
        return
    earned = earnings(scheme, score)
    parts = [earned.figure, earned.earns, earned.more or earned.reason]
    told = catalogue.say("tui.then").join(catalogue.write(part) for part in parts if part is not None)
    yield labelled(criterion, catalogue.say("tui.then").join(part for part in (outcome, told) if part), catalogue)
    if score.applies and not scheme.criteria[criterion].prerequisite and card.total is not None:
        total = ScorecardFigures(scheme, card).total(card.total).text
        available = Figure(card.available).text
        yield catalogue.say("reports.total", total=total, available=available) + catalogue.say("plain.stop")


def stored(visit: OpenVisit, name: str) -> Answer | None:
    """The answer that is stored for a question or fact; None: none is."""
    content = visit.visit
    return (content.facts if name in visit.scheme.facts else content.answers).get(name)


def place_of(visit: OpenVisit, criterion: str, catalogue: Catalogue) -> str:
    """Where a criterion is looked at; empty in a scheme without places."""
    scheme = visit.scheme
    if not scheme.document.places:
        return catalogue.write(scheme.groups[scheme.category_of[criterion]].title)
    place = next(key for key, here in scheme.walking_order.items() if criterion in here)
    return catalogue.write(scheme.document.places[place].title) if place else catalogue.say("tui.nowhere")


def labelled(label: str, text: str, catalogue: Catalogue) -> str:
    """`Look: at both meters`."""
    return catalogue.say("words.labelled", label=label, text=text)
