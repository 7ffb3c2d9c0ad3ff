"""The sealed document: all that was submitted, in one spelling, so that its SHA-256 proves it.

Format 2 is RFC 8785's JSON. What programs up to 0.2 sealed is format 1: the same keys, but for those that came since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import greenstar
from greenstar.assessment.model import Visit
from greenstar.numbers import exact_text
from greenstar.record.canonical import canonical
from greenstar.record.journal import Head
from greenstar.record.plain import plain_visit
from greenstar.record.replay import State
from greenstar.scheme.model import Scheme
from greenstar.scoring.policies import totals_by_policy
from greenstar.scoring.scorecard import Scorecard

DOMAIN, FORMAT = "greenstar/seal", 2
_ENTERED = {"fact": "facts", "answer": "answers", "exemption": "not_applicable", "note": "notes"}


@dataclass(frozen=True)
class Sealing:
    """What is sealed beside a visit and its scorecard.

    `held`: all that the tables hold of it, with who entered it when; `evidence` and `findings` are its lists, in their
    order. `heads`: the last events of its `chain` before it was submitted, `by` somebody, in a `database` (its ULID).
    `signer`: the fingerprint of the key that is going to sign it; None: none is.
    `follow_up`: the revision differs from the one before by findings that were closed since: their ids (`closed`), and
    why (`because`).
    """

    held: State
    evidence: Sequence[Mapping[str, Any]]
    findings: Sequence[Mapping[str, Any]]
    chain: str
    heads: Sequence[Head]
    ulid: str
    submitted: str
    by: str
    database: str
    signer: str | None = None
    follow_up: Mapping[str, Any] | None = None


def sealed_document(scheme: Scheme, visit: Visit, card: Scorecard, sealing: Sealing) -> str:
    """The canonical JSON text of a visit, its scorecard, and its rules by hash. `plain.visit_from` reads the visit."""
    header, follow_up = sealing.held.header, sealing.follow_up
    plain = plain_visit(visit, scheme)
    return canonical(
        {
            **plain,
            "domain": DOMAIN,
            "format": FORMAT,
            "program": greenstar.__version__,
            "database": sealing.database,
            "assessment": sealing.ulid,
            "kind": header["kind"],
            "revision": header["revision"],
            "replaces": header["replaces"],
            "submitted": sealing.submitted,
            "by": sealing.by,
            "scheme": {
                "name": scheme.name,
                "version": scheme.version,
                "sha256": scheme.sha256,
                "rules": scheme.rules_sha256,
            },
            "representative": header["representative"],
            "remarks": header["remarks"],
            "entered": _entered(sealing.held, plain),
            "evidence": [dict(entry) for entry in sealing.evidence],
            "findings": [dict(entry) for entry in sealing.findings],
            "scorecard": {**scorecard_figures(card), "totals_by_policy": _totals(scheme, card)},
            "journal": {
                "chain": sealing.chain,
                "heads": [head.hash for head in sealing.heads],
                "place": max((head.place for head in sealing.heads), default=0),
            },
            **({"signer": sealing.signer} if sealing.signer is not None else {}),
            **({"follow_up": dict(follow_up)} if follow_up is not None else {}),
        }
    )


def _entered(held: State, plain: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """When and by whom all of it was entered, by what it is in the document and its name there."""
    return {
        part: {
            name: {"at": entry.at, "by": entry.by}
            for name in plain[part]
            if (entry := held.held.get((kind, name))) is not None
        }
        for kind, part in _ENTERED.items()
    }


def _totals(scheme: Scheme, card: Scorecard) -> dict[str, str | None]:
    return {name: exact_text(total) for name, total in totals_by_policy(scheme, card).items()}


def scorecard_figures(card: Scorecard) -> dict[str, Any]:
    """A scorecard's figures, exact: they can be worked out again from the rest, and must come out the same."""
    return {
        "total": exact_text(card.total),
        "available": str(card.available),
        "share": exact_text(card.share),
        "level": card.level,
        "stars": card.stars,
        "lighthouse": card.lighthouse,
        "answered": card.answered,
        "asked": card.asked,
        "not_applicable_points": str(card.not_applicable_points),
        "excused_points": str(card.excused_points),
        "keys": {name: exact_text(value) for name, value in card.keys.items()},
        "groups": {
            group.id: {
                "points": str(group.points),
                "available": str(group.available),
                "share": exact_text(group.share),
            }
            for group in card.groups
        },
        "criteria": {
            score.id: {"outcome": score.outcome, "points": str(score.points), "available": str(score.available)}
            for score in card.criteria.values()
        },
    }
