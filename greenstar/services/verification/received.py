"""Receipts: made at headquarters of what was handed in, and held against a database later."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from greenstar.errors import BadInput, reason_of
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import sha256_of
from greenstar.record.journal import chain_of_database
from greenstar.record.receipt import NoReceipt, Receipt, read_receipt
from greenstar.record.signing import Signature
from greenstar.record.time_stamp import NeedsOpenSSL, NoTimeStamp, openssl_line, read_time_stamp
from greenstar.record.timestamps import local_minute, read_time
from greenstar.services.signing.signing import Signing
from greenstar.services.trust.trust import Trust
from greenstar.services.verification.problem import Verification, Wrong
from greenstar.services.verification.signers import SignedDocument, Signers
from greenstar.storage.protocols.storage import Storage

_MOST_BYTES = 100_000_000
SIGNATURE, TIME_STAMP = ".sig", ".tsr"
"""What stands behind a receipt's name in the names of its signature and of its time stamp."""


@dataclass(frozen=True)
class MadeReceipt:
    """A receipt and its signature, to be written side by side."""

    receipt: Receipt
    signature: Signature


def make_receipt(received: Storage, database: str, *, by: str, at: str, signing: Signing) -> MadeReceipt:
    """A receipt of what `received` holds now of a database, signed as that person at that time.

    CannotSign: why it cannot be.
    """
    events = received.events
    with received.reading():
        heads = {chain: events.heads(chain) for chain in events.chains() if not _passes(chain, database)}
        receipt = Receipt(database, at, by, heads)
    return MadeReceipt(receipt, signing.sign(receipt.document, by))


def check_receipts(
    storage: Storage, files: Iterable[Path], trust: Trust, result: Verification, *, packed: bool = False
) -> None:
    """Note what is not here any more of what was received, and what is wrong with receipts.

    `packed`: journals of which nothing is here were not packed; how many is noted. BadInput: a file is no receipt.
    """
    for file in files:
        document = _read(file)
        try:
            receipt = read_receipt(document)
            at = read_time(receipt.received)
        except (NoReceipt, ValueError) as error:
            raise BadInput("verify.no_receipt", file=str(file)) from error
        result.receipts += 1
        _check_signature(file, document, receipt, trust, result)
        _check_time_stamp(file, document, result)
        if packed:
            receipt = _of_what_is_here(storage, file, receipt, result)
        _check_heads(storage, receipt, local_minute(at), result)


def _check_signature(file: Path, document: bytes, receipt: Receipt, trust: Trust, result: Verification) -> None:
    beside, sha256 = file.with_name(file.name + SIGNATURE), sha256_of(document.decode())
    armours = [_read(beside).decode("utf-8", "replace")] if beside.is_file() else []
    what, at = Phrase("verify.what_receipt", file=file.name), read_time(receipt.received)
    signed = SignedDocument(what, at, receipt.by, document, sha256)
    if not Signers(trust, {sha256: armours}).check(signed, None, result).any:
        result.wrong(Wrong.UNSIGNED, Phrase("verify.receipt_unsigned", file=file.name, signature=beside.name))


def _check_time_stamp(file: Path, document: bytes, result: Verification) -> None:
    beside = file.with_name(file.name + TIME_STAMP)
    if not beside.is_file():
        return
    try:
        stamp = read_time_stamp(_read(beside))
    except NeedsOpenSSL:
        line = openssl_line(str(beside), str(file))
        result.notices.append(Phrase("verify.time_stamp_not_read", file=beside.name, line=line))
        return
    except NoTimeStamp:
        result.wrong(Wrong.BAD_SIGNATURE, Phrase("verify.no_time_stamp", file=beside.name))
        return
    if not stamp.is_of(document):
        result.wrong(Wrong.BAD_SIGNATURE, Phrase("verify.other_time_stamp", file=beside.name))
        return
    line = openssl_line(str(beside), str(file))
    result.notices.append(Phrase("verify.time_stamp", at=f"{stamp.at:%Y-%m-%d %H:%M:%S} UTC", line=line))


def _of_what_is_here(storage: Storage, file: Path, receipt: Receipt, result: Verification) -> Receipt:
    heads = {chain: heads for chain, heads in receipt.heads.items() if storage.events.heads(chain)}
    if len(heads) < len(receipt.heads):
        count = len(receipt.heads) - len(heads)
        result.notices.append(Phrase("verify.not_packed", file=file.name, count=count))
    return replace(receipt, heads=heads)


def _check_heads(storage: Storage, receipt: Receipt, at: str, result: Verification) -> None:
    """Every event that was the last of its chain then must be in it still."""
    for chain, heads in receipt.heads.items():
        missing = {head.hash for head in heads} - storage.events.has([head.hash for head in heads])
        if not missing:
            continue
        here = max((head.place for head in storage.events.heads(chain)), default=0)
        then = max(head.place for head in heads)
        kind = Wrong.ROLLED_BACK if here < then else Wrong.REWRITTEN
        sentence = Phrase(f"verify.since_receipt_{kind.value}", chain=chain, at=at, then=str(then), now=str(here))
        result.wrong(kind, sentence)


def _read(file: Path) -> bytes:
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            raise BadInput("verify.no_receipt", file=str(file))
        return file.read_bytes()
    except OSError as error:
        raise BadInput("verify.receipt_unreadable", file=str(file), reason=reason_of(error)) from error


def _passes(chain: str, database: str) -> bool:
    """Whether it is the chain of another database than the one received: of the one that a bundle was looked at in."""
    return chain.startswith(chain_of_database("")) and chain != chain_of_database(database)
