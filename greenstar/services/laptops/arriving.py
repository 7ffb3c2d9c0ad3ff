"""Bundles that came from elsewhere, each of whose documents is looked at before anything is written."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from greenstar.assessment.model import Status
from greenstar.errors import BadInput, GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import sha256_of
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_visit, in_order
from greenstar.record.merge import DECIDED, of_seal, sealings
from greenstar.record.replay import replay
from greenstar.record.signing import Signature, read_signature
from greenstar.record.stated import Stated, goes_by, stated_in
from greenstar.record.statement import NoStatement, Statement, read_statement
from greenstar.scheme.model import Scheme
from greenstar.services.laptops.documents import (
    STORE,
    Read,
    Source,
    WrongDocument,
    document_name,
    journal_name,
    read_journal,
    signature_name,
    strictly,
)
from greenstar.services.laptops.seals import check_seal
from greenstar.services.schemes.registry import read_canonical
from greenstar.storage.bundle.reading import Bundle
from greenstar.storage.protocols.storage import Storage


@dataclass(frozen=True)
class SignatureOf:
    """A signature, and the hash of the document that it is over."""

    document: str
    signature: Signature


class Arriving:
    """What lies in a bundle. BadInput, wherever something is read: it is not what a Green Star packed."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.name = bundle, bundle.name

    def look_at_all(self, storage: Storage) -> Mapping[str, set[str]]:
        """Read all but the photos, and see that it fits together; the hashes of its events, by database."""
        written: dict[str, set[str]] = {}
        told: set[str] = set()
        steps: list[Stated] = []
        schemes = {scheme.sha256 for scheme in self.schemes()}
        stores = set(storage.stores.codes())
        for events in self.journals():
            for event in events:
                written.setdefault(event.database, set()).add(event.hash)
            kind, _, name = events[0].chain.partition(":")
            if kind == STORE:
                stores.add(name)
            else:
                seals = self._look_at_visit(storage, events, stores, schemes)
                told.update(seals)
                steps += (step for seal in seals for step in stated_in(events, seal))
        strange = [name for name in self.bundle.names("seals") if self.bundle.listed[name].sha256 not in told]
        if strange:
            self._refuse(strange[0])
        self._look_at_statements(storage, steps)
        self._look_at_signatures(storage)
        return written

    def _look_at_visit(
        self, storage: Storage, events: list[Event], stores: set[str], schemes: set[str]
    ) -> Collection[str]:
        """The seals that the journal of a visit tells of, once each of them and its store and scheme are known."""
        header = replay(in_order(events)).header
        if header["store"] not in stores:
            raise BadInput("bundle.no_store", file=self.name, store=header["store"])
        if header["scheme"] not in schemes and storage.schemes.get(header["scheme"]) is None:
            raise BadInput("bundle.no_scheme", file=self.name, scheme=header["scheme"][:12])
        seals = sealings(events)
        for seal in seals:
            name = document_name("seals", seal)
            if name in self.bundle.listed:
                self._read(name, partial(_check_sealed, seal, events))
            elif storage.assessments.by_seal(seal) is None:
                raise BadInput("bundle.missing", file=self.name, entry=name)
        return seals

    def _look_at_statements(self, storage: Storage, steps: Sequence[Stated]) -> None:
        """See that each step of which a journal tells is stated, there or here: an event alone decides nothing."""
        stated = {Stated.by_statement(statement) for statement in self.statements()}
        missing = [step for step in steps if step not in stated]
        stated.update(_stated_here(storage, {step.seal for step in missing}))
        for step in missing:
            if step not in stated:
                what = Phrase(f"verify.what_{step.kind}")
                raise BadInput("bundle.not_stated", file=self.name, what=what, by=step.by, at=step.at)

    def _look_at_signatures(self, storage: Storage) -> None:
        """See that each signature is over a seal or a statement that lies there, or is here."""
        for signed in self.signatures():
            names = (document_name(folder, signed.document) for folder in ("seals", "statements"))
            if any(name in self.bundle.listed for name in names):
                continue
            stated = (row.sha256 for row in storage.statements.all())
            if storage.assessments.by_seal(signed.document) is None and signed.document not in stated:
                self._refuse(signature_name(signed.document, signed.signature.key.digits))

    def refuse_unless_held(self, statement: Statement, storage: Storage) -> None:
        """BadInput: a visit that is here, with all that came, does not stand as a statement says that came with it.

        How it stands is what its events come to: a row that somebody changed by hand here is no fault of a bundle.
        """
        row = storage.assessments.by_seal(statement.seal)
        if row is None or goes_by(row.status, row.certificate, statement):
            return
        events = of_seal(storage.events.of_chain(chain_of_visit(row.journal)), statement.seal)
        header, decisions = replay(events).header, sum(event.kind == DECIDED for event in events)
        if not events or not goes_by(Status(header["status"]), header["certificate"], statement, decisions=decisions):
            self._refuse(document_name("statements", sha256_of(statement.document.decode())))

    def _refuse(self, entry: str, technical: object = "") -> NoReturn:
        raise BadInput("bundle.wrong_document", file=self.name, entry=entry, technical=str(technical) or entry)

    # -- its documents

    def journals(self, kind: str = "") -> Iterator[list[Event]]:
        """The chains of events: those of stores, or of visits, or all."""
        for name in self.bundle.names("journals"):
            if name.startswith(f"journals/{kind}"):
                events = self._strictly(name, read_journal, self.bundle.pieces(name))
                if journal_name(events[0].chain) != name:
                    self._refuse(name)
                yield events

    def seal(self, sha256: str) -> str | None:
        """What was sealed; None: it does not lie here."""
        name = document_name("seals", sha256)
        return self._read(name, _read_sealed) if name in self.bundle.listed else None

    def schemes(self) -> Iterator[Scheme]:
        """The schemes, each with the edition of the measure that it was scored by."""
        for name in self.bundle.names("schemes"):
            edition = int(name.removesuffix(".json").rpartition("-")[2])
            yield self._read(name, partial(_read_scheme, edition))

    def statements(self) -> Iterator[Statement]:
        """What was stated of seals."""
        for name in self.bundle.names("statements"):
            yield self._read(name, read_statement)

    def signatures(self) -> Iterator[SignatureOf]:
        """The signatures; whether they hold is not looked at here."""
        for name in self.bundle.names("signatures"):
            signed = self._read(name, lambda content: read_signature(content.decode("ascii")))
            document = name.split("/")[1]
            if signature_name(document, signed.key.digits) != name:
                self._refuse(name)
            yield SignatureOf(document, signed)

    def _read(self, name: str, read: Callable[[bytes], Read]) -> Read:
        return self._strictly(name, read, self.bundle.read(name))

    def _strictly(self, name: str, read: Callable[[Source], Read], source: Source) -> Read:
        try:
            return strictly(read, source)
        except WrongDocument as error:
            self._refuse(name, error)

    # -- its photos

    def evidence(self) -> Iterator[tuple[str, int]]:
        """The photos, by hash, with their bytes."""
        for name in self.bundle.names("evidence"):
            listed = self.bundle.listed[name]
            yield listed.sha256, listed.size

    def photo(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a photo; after the last it is known whether they are what they should be."""
        return self.bundle.pieces(document_name("evidence", sha256))


def _stated_here(storage: Storage, seals: Collection[str]) -> Iterator[Stated]:
    """The steps of these seals that are stated here. A statement that cannot be read states nothing."""
    for row in storage.statements.of_seals(sorted(seals)):
        with suppress(NoStatement):
            yield Stated.by_statement(read_statement(row.document.encode()))


def _check_sealed(seal: str, events: list[Event], content: bytes) -> None:
    check_seal(json.loads(content), seal, events)


def _read_sealed(content: bytes) -> str:
    text = content.decode()
    if not isinstance(json.loads(text), dict):
        raise WrongDocument("no document")
    return text


def _read_scheme(edition: int, content: bytes) -> Scheme:
    text = content.decode()
    try:
        scheme = read_canonical(text, edition)
    except GreenStarError as error:
        raise WrongDocument(error.message.key) from error
    if scheme.canonical != text:
        raise WrongDocument("not as it is written")
    return scheme
