"""`trust list` as a table."""

from collections.abc import Sequence
from datetime import datetime

from greenstar.i18n.catalogue import Catalogue
from greenstar.record.public_key import PublicKey
from greenstar.reports.text.page import Table
from greenstar.services.trust.trust import Trust
from greenstar.text import within_cells

_NAMES = ("name", "key", "from", "until", "note")
_WHO = 24  # cells


def trust_table(trust: Trust, own: PublicKey | None, catalogue: Catalogue) -> Table:
    """A row a key: whose it is, from when and until when it counts, and whether it is one's own or revoked."""
    rows: list[Sequence[object]] = [
        [
            within_cells(signer.name, _WHO),
            signer.key.fingerprint,
            _day(signer.after),
            _day(signer.before),
            _note(signer.key, trust, own, catalogue),
        ]
        for signer in trust.signers
    ]
    listed = {signer.key for signer in trust.signers}
    unlisted = [key for key in trust.revoked if key not in listed]
    rows += [["", key.fingerprint, "", "", _note(key, trust, own, catalogue)] for key in unlisted]
    return Table([catalogue.say(f"trust.head_{name}") for name in _NAMES], rows, names=(0,))


def _day(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone():%Y-%m-%d}"


def _note(key: PublicKey, trust: Trust, own: PublicKey | None, catalogue: Catalogue) -> str:
    said = [name for name, holds in (("own", key == own), ("revoked", key in trust.revoked)) if holds]
    return catalogue.say(f"trust.is_{'_'.join(said)}") if said else ""
