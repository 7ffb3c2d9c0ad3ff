"""Evidence in words: a piece of it in a line and in full, what a criterion asks for, and what attaching came to."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.content import Content
from textual.geometry import Size

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import size_shown
from greenstar.scheme.document import Criterion
from greenstar.services.evidence.evidence import Attached, EvidenceEntry
from greenstar.services.evidence.ingest import IngestResult
from greenstar.storage.protocols.evidence import Keeping
from greenstar.tui import glyphs
from greenstar.tui.common.lines import both_ends, columns, fit, wrapped

_ROUNDED_FROM = 1000  # bytes
_COLLECT_LINES = 3  # that say what to collect
_ROOM, _MUCH_ROOM = 22, 30  # lines of a window in which there are as many, or as many as it needs


def row_line(entry: EvidenceEntry, width: int, catalogue: Catalogue, *, criterion: bool) -> Content:
    """One piece of evidence in a line; `criterion`: with the criterion that it supports."""
    mark = glyphs.TICKED.mark if entry.verified else glyphs.NOT_TICKED.mark
    style = "$warning" if entry.is_lost else "$success" if entry.verified else "$muted"
    right = size_shown(entry.size) if entry.keeping is Keeping.KEPT else _keeping(entry, catalogue)
    room = max(width - 6 - len(right), 20)
    first = [(Content.styled(entry.criterion, "bold $primary"), 9)] if criterion else []
    used = 11 * len(first)
    name = min(34, (room - used) // 2) if entry.caption else room - used
    cells = columns(
        [*first, (entry.file, name), (Content.styled(entry.caption, "$muted"), max(room - used - name - 2, 0))]
    )
    return both_ends(Content.assemble((mark, style), " ", cells), Content.styled(right, "$muted"), width)


def details(entry: EvidenceEntry, catalogue: Catalogue) -> Content:
    """All that is known of one piece of evidence, but its caption."""
    say = catalogue.say
    size = size_shown(entry.size) if entry.sha256 else ""
    if entry.size >= _ROUNDED_FROM:
        size = say("evidence.bytes", size=size, bytes=f"{entry.size:,}")
    state = say("evidence.is_verified" if entry.verified else "evidence.is_not_verified")
    first: list[str | tuple[str, str]] = [
        (entry.file, "bold"),
        f"  {size}" if size else "",
        "  ",
        (state, "$success" if entry.verified and not entry.is_lost else "$warning"),
    ]
    if entry.keeping is not Keeping.KEPT:
        first += ["  ", (_keeping(entry, catalogue), "$warning")]
    times = []
    if entry.taken_at is not None:
        times.append(say("evidence.taken", time=_time(entry.taken_at)))
    if entry.attached_at is not None:
        times.append(say("evidence.attached_by", time=_time(entry.attached_at), by=entry.by))
    lines = [Content.assemble(*first), Content.styled("   ".join(times), "$muted")]
    if entry.sha256:
        lines.append(Content.styled(f"SHA-256 {entry.sha256}", "$muted"))
    return Content("\n").join(lines)


def _keeping(entry: EvidenceEntry, catalogue: Catalogue) -> str:
    return "" if entry.keeping is Keeping.KEPT else catalogue.say(f"evidence.keeping_{entry.keeping.value}")


def _time(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M}"


def collect(criterion: Criterion, size: Size, catalogue: Catalogue) -> Content:
    """What a criterion asks for, in as many lines as a window of that size has for it."""
    wanted = [text.in_(catalogue.language) for text in criterion.evidence]
    if not wanted:
        return Content("")
    heading = (catalogue.say("tui.collect"), "bold $primary")
    if size.height >= _MUCH_ROOM:
        return Content.assemble(heading, *(f"\n  - {text}" for text in wanted))
    lines = wrapped(Content.assemble(heading, " ", catalogue.say("tui.then").join(wanted)), size.width - 2)
    most = _COLLECT_LINES if size.height >= _ROOM else 1
    if len(lines) > most:
        lines[most - 1] = Content.assemble(fit(lines[most - 1], size.width - 6).rstrip(), " ...")
    return Content("\n").join(lines[:most])


def heading(entries: Sequence[EvidenceEntry], criterion: str | None, catalogue: Catalogue) -> str:
    """What the list holds, and how many; `criterion`: of which it is, None for the whole visit."""
    say = catalogue.say
    what = say("evidence.of_visit") if criterion is None else say("evidence.of_criterion", id=criterion)
    verified = str(sum(entry.verified and not entry.is_lost for entry in entries))
    count = say("tui.files", count=len(entries), verified=verified) if entries else ""
    return f"{what}  {count}"


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
