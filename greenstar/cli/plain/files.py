"""Commands about the evidence of a criterion."""

from greenstar.cli.plain.sitting import NotTaken, Sitting
from greenstar.i18n.phrase import Phrase
from greenstar.services.evidence import evidence
from greenstar.services.evidence.evidence import EvidenceEntry
from greenstar.services.evidence.ingest import Ingest
from greenstar.services.evidence.path_parsing import wanted
from greenstar.services.visit import drafts
from greenstar.storage.protocols.evidence import Keeping


def listed(sitting: Sitting, _: str) -> None:
    """What to collect, and the files that are attached, by number."""
    wanted_here = sitting.visit.scheme.criteria[sitting.criterion].evidence
    if wanted_here:
        sitting.say("tui.collect")
    for text in wanted_here:
        sitting.lines([f"- {sitting.catalogue.write(text)}"])
    entries = evidence.of_criterion(sitting.visit, sitting.criterion)
    if not entries:
        sitting.say("evidence.none")
    for number, entry in enumerate(entries, 1):
        described: list[Phrase | str] = [entry.file, *([entry.caption] if entry.caption else [])]
        described.append(Phrase("evidence.is_verified" if entry.verified else "evidence.is_not_verified"))
        if entry.keeping is not Keeping.KEPT:
            described.append(Phrase(f"evidence.keeping_{entry.keeping.value}"))
        words = sitting.catalogue.say("tui.then").join(map(sitting.catalogue.write, described))
        sitting.say("words.labelled", label=str(number), text=words)


def attached(sitting: Sitting, text: str) -> None:
    """Attach the files that paths or patterns name. NotTaken: one of them cannot be; the others are."""
    if not text:
        raise NotTaken(Phrase("evidence.nothing_typed"))
    visit, criterion = sitting.visit, sitting.criterion
    field = drafts.field("evidence", criterion)
    result = Ingest(evidence.files_of(visit), wanted(text), lambda _: None).run()
    if result.stored:
        done = evidence.attach(visit, criterion, result.stored, draft=field)
        if done.added:
            sitting.say("evidence.attached", count=len(done.added), file=done.added[0].name)
        for file, name in done.already:
            sitting.say("evidence.already", file=file.name, name=name, criterion=criterion)
    if result.refused:
        sitting.keep_half_typed(field, " ".join(result.left))
        *others, last = result.refused
        for refused in others:
            sitting.tell(refused)
        raise NotTaken(last)


def verified(sitting: Sitting, text: str) -> None:
    """Say that a file shows what it should, or take that back."""
    entry, _ = _entry(sitting, text)
    evidence.set_verified(sitting.visit, entry, on=not entry.verified)
    state = Phrase("evidence.is_not_verified" if entry.verified else "evidence.is_verified")
    sitting.say("words.labelled", label=entry.file, text=state)


def captioned(sitting: Sitting, text: str) -> None:
    """Say what a file shows."""
    entry, caption = _entry(sitting, text)
    evidence.set_caption(sitting.visit, entry, caption)
    sitting.say("words.labelled", label=entry.file, text=caption or Phrase("tui.none"))


def removed(sitting: Sitting, text: str) -> None:
    """Take a file away from the criterion."""
    entry, _ = _entry(sitting, text)
    evidence.remove(sitting.visit, entry)
    sitting.say("plain.detached", file=entry.file, criterion=entry.criterion)


def _entry(sitting: Sitting, text: str) -> tuple[EvidenceEntry, str]:
    """The entry of the number with which a text begins, and what follows it."""
    number, _, rest = text.partition(" ")
    entries = evidence.of_criterion(sitting.visit, sitting.criterion)
    return entries[place(number, len(entries))], rest.strip()


def place(number: str, count: int) -> int:
    """The place, from 0, of what a listing gave that number. NotTaken: it gave none."""
    if not (number.isascii() and number.isdigit() and len(number) < 6 and 1 <= int(number) <= count):
        raise NotTaken(Phrase("plain.no_such_number", number=number, count=str(count)))
    return int(number) - 1
