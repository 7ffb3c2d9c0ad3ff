"""Whose signatures count, for programs."""

from collections.abc import Sequence
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.record.allowed_signers import AllowedSigner
from greenstar.record.public_key import PublicKey
from greenstar.services.trust.changes import Revocation
from greenstar.services.trust.trust import Trust


def trust_json(trust: Trust, own: PublicKey | None, catalogue: Catalogue) -> dict[str, Any]:
    """`trust list --json`."""
    listed = {signer.key for signer in trust.signers}
    signers = [{**_signer(signer), "revoked": signer.key in trust.revoked} for signer in trust.signers]
    unlisted = [{**_key(key), "names": [], "from": None, "until": None} for key in trust.revoked if key not in listed]
    rows = [*signers, *({**row, "revoked": True} for row in unlisted)]
    return {
        "signers": [{**row, "own": own is not None and row["fingerprint"] == own.fingerprint} for row in rows],
        "problems": [catalogue.render(problem) for problem in trust.problems],
    }


def own_key_json(name: str, key: PublicKey) -> dict[str, Any]:
    """`trust key --json`."""
    return {"name": name, **_key(key)}


def added_json(signer: AllowedSigner) -> dict[str, Any]:
    """`trust add --json`."""
    return _signer(signer)


def removed_json(signers: Sequence[AllowedSigner]) -> dict[str, Any]:
    """`trust remove --json`."""
    return {"removed": [_signer(signer) for signer in signers]}


def revoked_json(revocation: Revocation) -> dict[str, Any]:
    """`trust revoke --json`."""
    since = revocation.since
    return {"name": revocation.name or None, **_key(revocation.key), "from": since.isoformat() if since else None}


def _signer(signer: AllowedSigner) -> dict[str, Any]:
    times = {"from": signer.after, "until": signer.before}
    return {
        "names": list(signer.names),
        **_key(signer.key),
        **{name: None if at is None else at.isoformat() for name, at in times.items()},
    }


def _key(key: PublicKey) -> dict[str, Any]:
    return {"fingerprint": key.fingerprint, "key": key.line}
