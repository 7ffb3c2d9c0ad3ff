"""What lies in a bundle, as bytes: what each entry is called, how it is written, and how it is read from anybody."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, TypeVar

from greenstar.assessment.model import AssessmentKind, Status
from greenstar.hashes import is_sha256
from greenstar.record.canonical import canonical_of_plain, sha256_of
from greenstar.record.event import Event, event_from
from greenstar.record.journal import faults
from greenstar.record.merge import clashes, of_seal, sealings
from greenstar.record.replay import JSON, LISTS, State, replay
from greenstar.record.timestamps import read_time

VISIT, STORE = "visit", "store"
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_NAME = 200
Read = TypeVar("Read")
Source = TypeVar("Source")


class WrongDocument(ValueError):
    """A document that no Green Star wrote."""


def journal_name(chain: str) -> str:
    """What the journal of a chain is called: a store's code may hold what no file's name can."""
    kind, _, name = chain.partition(":")
    return f"journals/{kind}-{name if kind == VISIT else hashlib.sha256(name.encode()).hexdigest()[:32]}.jsonl"


def document_name(folder: str, sha256: str) -> str:
    """What a document or a file is called that is known by its hash."""
    return f"{folder}/{sha256}" if folder == "evidence" else f"{folder}/{sha256}.json"


def scheme_name(sha256: str, edition: int) -> str:
    """What a scheme is called, with the edition of the measure by which visits under it are scored."""
    return f"schemes/{sha256}-{edition}.json"


def signature_name(document: str, key: str) -> str:
    """What the signature of a document by a key is called."""
    return f"signatures/{document}/{key}.sig"


def journal_lines(events: Iterable[Event]) -> Iterator[bytes]:
    """The events of a chain: a line each, the very text that is hashed, causes first."""
    for event in sorted(events, key=lambda event: (event.place, event.id)):
        yield f"{event.text()}\n".encode()


def strictly(read: Callable[[Source], Read], source: Source) -> Read:
    """What a reader makes of what comes from anybody. WrongDocument: it cannot, for whatever reason."""
    try:
        return read(source)
    except WrongDocument:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise WrongDocument(str(error)) from error


def read_journal(pieces: Iterable[bytes]) -> list[Event]:
    """The events of one chain, each behind those that it follows. ValueError: it is no whole, sound chain.

    What the chain comes to is looked at as well: by all of it, and by each of its seals.
    """
    events = [_read_event(line) for line in _lines(pieces)]
    if not events or any((first.place, first.id) >= (then.place, then.id) for first, then in pairwise(events)):
        raise WrongDocument("not as it is written")
    fault = next(faults(events), None)
    if fault is not None:
        raise WrongDocument(fault.what)
    _check_undoing(events)
    clashes(events)
    check = _check_visit if events[0].chain.startswith(f"{VISIT}:") else _check_store
    for seal in (None, *sealings(events)):
        check(replay(of_seal(events, seal)))
    return events


def _check_undoing(events: Iterable[Event]) -> None:
    """ValueError: one takes back what is not before it."""
    before: set[str] = set()
    for event in events:
        _check(event.undoes is None or event.undoes in before, "undoes")
        before.add(event.id)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of what comes in pieces, without their ends: nothing but what is in hand is held."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    if rest:
        raise WrongDocument("a line without its end")


def _read_event(line: bytes) -> Event:
    text = line.decode()
    event = event_from(json.loads(text), sha256_of(text))
    _check(canonical_of_plain(event.document()) == text, "not as it is written")
    kind, _, name = event.chain.partition(":")
    _check(kind == STORE or (kind == VISIT and _ULID.fullmatch(name) is not None), "chain")
    _check(0 < len(name) <= _LONGEST_NAME, "chain")
    _check(_ULID.fullmatch(event.id) is not None and _ULID.fullmatch(event.database) is not None, "id")
    _check_time(event.at)
    return event


# -- what a chain comes to -----------------------------------------------------------------------------------------


def _check_visit(state: State) -> None:
    """ValueError: the tables could not hold it."""
    header = state.header
    for name in (
        "cycle",
        "scheme_name",
        "store",
        "store_name",
        "city",
        "region",
        "assessor",
        "representative",
        "remarks",
    ):
        _check(isinstance(header[name], str), name)
    _check(bool(header["store"]) and bool(header["cycle"]), "store")
    _check(is_sha256(header["scheme"]), "scheme")
    _check(type(header["revision"]) is int and header["revision"] >= 1, "revision")
    AssessmentKind(header["kind"]), Status(header["status"])
    _check((header["status"] == Status.DRAFT) == (header["seal"] is None), "status")
    _check(header["seal"] is None or is_sha256(header["seal"]), "seal")
    _check(header["certificate"] is None or isinstance(header["certificate"], str), "certificate")
    _check_day(header["visited"])
    _check_day(header["last_day"])
    _check_held(state)


def _check_store(state: State) -> None:
    """ValueError: the tables could not hold it."""
    for name in ("code", "name", "city", "region"):
        _check(isinstance(state.header[name], str), name)
    _check_day(state.header["closed"])
    _check_held(state)


def _check_held(state: State) -> None:
    for (kind, subject), entry in state.held.items():
        content = json.loads(entry.text)
        _check(isinstance(subject, str), "subject")
        if kind in LISTS:
            for row in content:
                _check_row(kind, subject, row)
            continue
        _check_time(entry.at)
        _check(isinstance(entry.by, str), "by")
        _check(kind in JSON or isinstance(content, str), kind)
        _check(kind not in ("note", "exemption") or bool(content), kind)


_ROWS: dict[str, dict[str, type]] = {
    "evidence": {"file": str, "caption": str, "verified": int, "sha256": str, "bytes": int, "taken_at": str},
    "finding": {"severity": str, "text": str, "action": str, "id": str, "follows": str, "owner": str},
}


def _check_row(kind: str, criterion: str, row: dict[str, Any]) -> None:
    _check(row["criterion"] == criterion, "criterion")
    for name, type_of in _ROWS[kind].items():
        _check(isinstance(row[name], type_of), name)
    _check(isinstance(row["by"], str), "by")
    _check_time(str(row["found_at" if kind == "finding" else "at"]))
    if kind == "finding":
        _check(row["severity"] in ("major", "minor", "observation"), "severity")
        _check_day(row["due"])
        _check_day(row["closed"])
    else:
        _check(row["verified"] in (0, 1), "verified")
        _check(row["sha256"] == "" or is_sha256(row["sha256"]), "sha256")


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise WrongDocument(what)


def _check_time(text: str) -> None:
    _check(_TIME.fullmatch(text) is not None, "at")
    read_time(text)


def _check_day(day: object) -> None:
    if day is not None:
        _check(isinstance(day, str) and _DAY.fullmatch(day) is not None, "day")
        read_time(f"{day}T00:00:00.000Z")
