"""`pack`, `unpack` and `settle` in lines: what went, what came, and what waits for a person."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from greenstar.assessment.model import Status
from greenstar.hashes import shortened
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import size_shown
from greenstar.record.merge import Clash
from greenstar.record.timestamps import local_minute, read_time
from greenstar.record.touched import TouchedPart
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.joining import JoinedVisit
from greenstar.services.laptops.packing import Packed
from greenstar.services.laptops.settling import TakenOver
from greenstar.services.laptops.unpacking import Unpacked
from greenstar.services.laptops.unsettled import Unsettled, UnsettledPage, UnsettledVisit
from greenstar.services.laptops.words import event_phrase, held_phrase, part_phrase, side_phrase
from greenstar.storage.protocols.assessments import AssessmentRow


def packed_line(path: Path, done: Packed) -> Phrase:
    """What was packed."""
    parts = [
        Phrase(f"laptops.packed_{name}", count=count)
        for name, count in (("sealed", done.sealed), ("drafts", done.drafts), ("files", done.files))
        if count
    ]
    parts = parts or [Phrase("laptops.packed_page")]
    return Phrase("laptops.packed", stores=done.stores, parts=parts, path=str(path), size=size_shown(done.bytes))


def unpacked_lines(done: Unpacked, catalogue: Catalogue) -> Iterator[str]:
    """What came, visit by visit, and what waits for a person of it."""
    told: list[str] = []
    for visit in done.visits:
        told += _visit_lines(visit, done.schemes[visit.row.scheme], catalogue)
    for row in done.taken_in:
        told.append(catalogue.say("laptops.taken_in", store=row.store, cycle=row.cycle, by=row.assessor))
    told += [_begun_apart_line(group, catalogue) for group in done.begun_apart]
    for store in done.stores:
        told.append(catalogue.say("laptops.page_came", store=store))
        if store in done.pages:
            told += _page_lines(done.pages[store], catalogue)
    if done.photos:
        told.append(catalogue.say("laptops.photos", count=done.photos))
    if done.statements or done.signatures:
        told.append(catalogue.say("laptops.signed", statements=str(done.statements), signatures=str(done.signatures)))
    if done.same:
        told.append(catalogue.say("laptops.same", count=done.same))
    yield from told or [catalogue.say("laptops.nothing_new")]


def _visit_lines(visit: JoinedVisit, scheme: Scheme, catalogue: Catalogue) -> Iterator[str]:
    row = visit.row
    values = {"store": row.store, "cycle": row.cycle, "revision": str(row.revision)}
    key = "begun" if visit.begun else "came" if visit.came else "still"
    status = Phrase(f"storage.{row.status}")
    yield catalogue.say(f"laptops.{key}", count=visit.came, status=status, **values)
    if visit.sealed_now:
        yield "  " + catalogue.say("laptops.sealed_elsewhere", seal=shortened(row.seal or ""))
    for event in visit.overruled:
        at = local_minute(read_time(event.at))
        yield "  " + catalogue.say("laptops.overruled", by=event.by, at=at, store=row.store)
    yield from _waiting_lines(UnsettledVisit(row, visit.clashes, visit.left_over), scheme, catalogue)
    if len(visit.seals) > 1 and row.set_aside is None:
        yield "  " + catalogue.say("laptops.sealed_twice", seals=list(map(shortened, visit.seals)), **values)


def unsettled_lines(waiting: Unsettled, catalogue: Catalogue) -> Iterator[str]:
    """All that waits of a store."""
    if not waiting:
        yield catalogue.say("laptops.settled_all", store=waiting.store)
    for visit in waiting.visits:
        values = {"store": waiting.store, "cycle": visit.row.cycle, "revision": str(visit.row.revision)}
        yield catalogue.say("laptops.waiting", **values)
        yield from _waiting_lines(visit, waiting.schemes[visit.row.scheme], catalogue)
    if waiting.page is not None:
        yield catalogue.say("laptops.waiting_page", store=waiting.store)
        yield from _page_lines(waiting.page, catalogue)
    for rows in waiting.sealed_apart:
        yield from _sealed_apart_lines(rows, catalogue)
    for rows in waiting.begun_apart:
        yield _begun_apart_line(rows, catalogue)


def _page_lines(page: UnsettledPage, catalogue: Catalogue) -> Iterator[str]:
    return _clash_lines(page.scheme, page.clashes, catalogue)


def _waiting_lines(visit: UnsettledVisit, scheme: Scheme, catalogue: Catalogue) -> Iterator[str]:
    yield from _clash_lines(scheme, visit.clashes, catalogue)
    if visit.left_over:
        yield "  " + catalogue.say("laptops.left_over", count=len(visit.left_over), store=visit.row.store)
    for event in visit.left_over:
        yield "    " + catalogue.render(event_phrase(scheme, event))


def _clash_lines(scheme: Scheme, waiting: Iterable[Clash], catalogue: Catalogue) -> Iterator[str]:
    """Each clash, with its sides by number."""
    for clash in waiting:
        yield "  " + catalogue.say("laptops.clash", thing=part_phrase(scheme, clash.part))
        for number, side in enumerate(clash.sides, 1):
            yield f"    {number}  {catalogue.render(side_phrase(scheme, clash, side))}"


def _begun_apart_line(rows: Sequence[AssessmentRow], catalogue: Catalogue) -> str:
    """Whose drafts of a visit wait, and how they come into the one that is worked on."""
    newest, *others = rows
    key = "begun_apart" if newest.status is Status.DRAFT else "begun_apart_sealed"
    people = list(dict.fromkeys(row.assessor for row in others))
    values = {"store": newest.store, "cycle": newest.cycle, "revision": str(newest.revision)}
    return catalogue.say(f"laptops.{key}", people=people, own=newest.assessor, **values)


def taken_over_lines(done: TakenOver, catalogue: Catalogue) -> Iterator[str]:
    """What came into a draft, and what was said otherwise in it and in another one."""
    yield catalogue.say("laptops.taken_over", count=done.count)
    scheme = done.draft.scheme
    for differing in done.differing:
        part = part_phrase(scheme, TouchedPart(differing.kind, differing.subject))
        yield "  " + catalogue.say("laptops.said_apart", thing=part)
        for entry, counts in ((differing.here, not differing.there_counts), (differing.there, differing.there_counts)):
            yield "    " + catalogue.render(
                held_phrase(scheme, differing.kind, differing.subject, entry, counts=counts)
            )


def _sealed_apart_lines(rows: Sequence[AssessmentRow], catalogue: Catalogue) -> Iterator[str]:
    row = rows[0]
    values = {"store": row.store, "cycle": row.cycle, "revision": str(row.revision)}
    yield catalogue.say("laptops.sealed_apart", **values)
    for each in rows:
        at = local_minute(each.submitted_at) if each.submitted_at is not None else ""
        yield "  " + catalogue.say("laptops.seal_of", seal=shortened(each.seal or ""), by=each.assessor, at=at)
