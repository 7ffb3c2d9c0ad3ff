"""Evidence in words: a piece of it in a line and in full, what a criterion asks for, and what attaching came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size

from greenstar.assessment.number_readings import grouped
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import size_shown
from greenstar.record.timestamps import local_minute
from greenstar.scheme.document import Criterion
from greenstar.services.evidence.evidence import Attached, EvidenceEntry
from greenstar.services.evidence.ingest import IngestResult
from greenstar.services.evidence.watched_folder import WatchedFile
from greenstar.storage.protocols.evidence import Keeping
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.lines import both_ends, columns, fit, wrapped

_ROUNDED_FROM = 1000  # bytes
_SHARE = 8  # cells of the line that shows how many are verified
_SHA_SHOWN = 16  # characters of a SHA-256 in a low window
_MOST_OF_A_KIND = 8  # characters
_COLLECT_LINES = 3  # that say what to collect
_CALLOUT = 5  # cells of a window's width that stand around a callout
_ROOM, _MUCH_ROOM = 22, 30  # lines of a window in which there are as many, or as many as it needs


@dataclass(frozen=True)
class NameCells:
    """How many cells the longest criterion and the longest file of a list have; `captions`: whether any has one."""

    criterion: int
    file: int
    captions: bool

    @classmethod
    def of(cls, entries: Sequence[EvidenceEntry]) -> "NameCells":
        """Of the entries of one list."""
        return cls(
            max((cell_width(entry.criterion) for entry in entries), default=0),
            max((cell_width(entry.file) for entry in entries), default=0),
            any(entry.caption for entry in entries),
        )


def row_line(entry: EvidenceEntry, width: int, catalogue: Catalogue, cells: NameCells, *, criterion: bool) -> Content:
    """One piece of evidence in a line; `criterion`: with the criterion that it supports."""
    mark = glyphs.TICKED.mark if entry.verified else glyphs.NOT_TICKED.mark
    style = "$warning" if entry.is_lost else "$success" if entry.verified else "$muted"
    right = size_shown(entry.size) if entry.keeping is Keeping.KEPT else _keeping(entry, catalogue)
    number = cells.criterion if criterion else 0
    room = max(width - 2 - number - 2 * bool(number), 0)
    name = min(cells.file, room // 2) if cells.captions else max(room - len(right) - 1, 0)
    names = columns([(Content.styled(entry.criterion, "bold $primary"), number), (entry.file, name)])
    caption = Content.styled(in_language(" ".join(entry.caption.split()), catalogue.language), "$muted")
    left = Content.assemble((mark, style), " ", names, "  ", caption)
    return both_ends(left, Content.styled(right, "$muted"), width)


def details(entry: EvidenceEntry, catalogue: Catalogue, *, roomy: bool = True) -> Content:
    """All that is known of one piece of evidence, but its name and caption; `roomy`: its SHA-256 in full."""
    say = catalogue.say
    size = size_shown(entry.size) if entry.sha256 else ""
    if entry.size >= _ROUNDED_FROM and roomy:
        size = say("evidence.bytes", size=size, bytes=grouped(str(entry.size)))
    state = say("evidence.is_verified" if entry.verified else "evidence.is_not_verified")
    proved = entry.verified and not entry.is_lost
    mark = glyphs.TICKED.mark if entry.verified else glyphs.NOT_TICKED.mark
    lines = [Content.assemble((f"{mark} {state}", "$success" if proved else "$warning"), (f"   {size}", "$muted"))]
    if entry.keeping is not Keeping.KEPT:
        lines.append(Content.styled(_keeping(entry, catalogue), "$warning"))
    if entry.taken_at is not None:
        lines.append(Content.styled(say("evidence.taken", time=local_minute(entry.taken_at)), "$muted"))
    if entry.attached_at is not None:
        lines.append(
            Content.styled(say("evidence.attached_by", time=local_minute(entry.attached_at), by=entry.by), "$muted")
        )
    if entry.sha256:
        shown = entry.sha256 if roomy else f"{entry.sha256[:_SHA_SHOWN]}{glyphs.ELLIPSIS.mark}"
        lines.append(Content.styled(f"SHA-256 {shown}", "$faint"))
    return Content("\n").join(lines)


def photo_details(photo: WatchedFile, catalogue: Catalogue, *, attached: bool) -> Content:
    """All that is known of a file that is not attached yet, and what Enter does."""
    say = catalogue.say
    of_kind = catalogue.render(kind(photo.name))
    lines = [Content.styled(f"{of_kind}   {size_shown(photo.size)}", "$muted")]
    if photo.changed_at is not None:
        lines.append(Content.styled(say("evidence.taken", time=local_minute(photo.changed_at)), "$muted"))
    done = say("evidence.is_attached") if attached else say("evidence.enter_attaches")
    lines.append(Content.styled(done, "$success" if attached else "$primary"))
    return Content("\n").join(lines)


def kind(name: str) -> Phrase:
    """The kind of a file, as its name says: `JPG file`, or only `file`."""
    _, dot, ending = name.rpartition(".")
    if dot and ending.isalnum() and len(ending) <= _MOST_OF_A_KIND:
        return Phrase("evidence.kind", kind=ending.upper())
    return Phrase("evidence.kind_unknown")


def _keeping(entry: EvidenceEntry, catalogue: Catalogue) -> str:
    return "" if entry.keeping is Keeping.KEPT else catalogue.say(f"evidence.keeping_{entry.keeping.value}")


def collect(criterion: Criterion, size: Size, catalogue: Catalogue) -> Content:
    """What a criterion asks for, in as many lines as a window of that size has for it."""
    wanted = [text.in_(catalogue.language) for text in criterion.evidence]
    if not wanted:
        return Content("")
    heading = (catalogue.say("tui.collect"), "bold $primary")
    if size.height >= _MUCH_ROOM:
        dash = (f"\n{glyphs.DOT.mark} ", "$faint")
        return Content.assemble(heading, *(part for text in wanted for part in (dash, text)))
    lines = wrapped(Content.assemble(heading, " ", catalogue.say("tui.then").join(wanted)), size.width - _CALLOUT)
    most = _COLLECT_LINES if size.height >= _ROOM else 1
    if len(lines) > most:
        lines[most - 1] = Content.assemble(
            fit(lines[most - 1], size.width - _CALLOUT - 2).rstrip(), glyphs.ELLIPSIS.mark
        )
    return Content("\n").join(lines[:most])


def heading(criterion: str | None, catalogue: Catalogue) -> str:
    """What the list holds; `criterion`: of which it is, None for the whole visit."""
    return (
        catalogue.say("evidence.of_visit")
        if criterion is None
        else catalogue.say("evidence.of_criterion", id=criterion)
    )


def count(entries: Sequence[EvidenceEntry], catalogue: Catalogue) -> Content:
    """How many there are, and how many of them are verified, as a line and in words."""
    if not entries:
        return Content("")
    verified = sum(entry.verified and not entry.is_lost for entry in entries)
    words = catalogue.say("tui.files", count=len(entries), verified=str(verified))
    return Content.assemble(share_line(verified / len(entries), _SHARE), f" {words}")


def outcome(result: IngestResult, attached: Attached) -> Phrase | None:
    """What attaching came to; None where nothing was attached."""
    count = len(attached.added)
    if result.stopped:
        return Phrase("evidence.stopped", count=count)
    if not count:
        return None
    first = attached.added[0]
    if count == 1 and first.link_to:
        return Phrase("evidence.attached_link", file=first.name, target=first.link_to)
    return Phrase("evidence.attached", count=count, file=first.name)


def already_there(attached: Attached, criterion: str) -> Iterator[Phrase]:
    """A sentence for each file that was attached before."""
    for file, name in attached.already:
        yield Phrase("evidence.already", file=file.name, name=name, criterion=criterion)
