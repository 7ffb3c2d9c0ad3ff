"""Bundles with contents that no Green Star wrote, in files that are built as it builds them."""

import io
from pathlib import Path
from typing import Any

from greenstar.record.event import Event
from greenstar.services.laptops.documents import read_journal
from greenstar.storage.bundle.reading import open_bundle
from greenstar.storage.bundle.writing import BundleWriter

ULID = "01J00000000000000000000000"


def contents(path: Path) -> dict[str, bytes]:
    """What lies in a bundle, by name."""
    with open_bundle(path) as bundle:
        return {name: bundle.read(name) for name in bundle.listed}


def again(path: Path, entries: dict[str, bytes]) -> Path:
    """A bundle of these entries, each with its right hash in the manifest."""
    file = io.BytesIO()
    writer = BundleWriter(file, ULID)
    for name, content in entries.items():
        writer.add(name, content)
    writer.close()
    path.write_bytes(file.getvalue())
    return path


def journal_in(entries: dict[str, bytes], kind: str) -> tuple[str, list[Event]]:
    """The first journal of a kind, and what it is called."""
    name = next(name for name in entries if name.startswith(f"journals/{kind}"))
    return name, read_journal([entries[name]])


def altered(events: list[Event], number_of_event: int, **values: Any) -> list[Event]:
    """A chain in which one event is another one, and all behind it follow that."""
    chain: list[Event] = []
    for number, event in enumerate(events):
        changed = event._replace(**values) if number == number_of_event else event
        chain.append(changed._replace(previous=(chain[-1].hash,) if chain else ()).hashed())
    return chain
