"""Whether a sealed revision holds: its document has its hash, says what the tables say, and scores the same."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any, NamedTuple

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import nearest_float
from greenstar.ranking.standing import KEY_COLUMNS
from greenstar.record.canonical import sha256_of
from greenstar.record.plain import visit_from
from greenstar.record.sealed import scorecard_figures
from greenstar.scheme.levels import RankKey
from greenstar.scheme.model import Scheme
from greenstar.scoring.score import score
from greenstar.scoring.scorecard import Scorecard
from greenstar.services.results.scorecards import plain_form
from greenstar.services.schemes.registry import KeptSchemes
from greenstar.services.verification.as_sealed import not_as_sealed
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong, readable
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.scorecards import GroupRow, ScorecardRow

Document = Mapping[str, Any]
_BEFORE_SEALS_NAMED_RULES = 1  # format 1, of programs up to 0.2: by what measure they scored is not said
_APART = ("groups", "totals_by_policy", "why_not")  # looked at on their own
# What programs up to 0.2 did not store, by names of columns: nothing is there in what they sealed. What a later program
# stores of every scorecard is never nothing, unless scoring gives nothing.
STORED_LATER = {
    *("worst", "worst_level", "best", "best_level", "excused_points", "first_reason"),
    *("points_exact", "available_exact"),
}
_SEALED = {"total", "available", "share", "level", "stars", "answered", "asked", "not_applicable_points"}


class SealedRevision(NamedTuple):
    """A sealed revision: all that is needed to check it, as plain values.

    `text`: that whose hash is the seal. `kept`: what tables hold of it, by kind and subject. `stored`: its scorecard.
    `events`: the hashes of its chain. `result_only`: what it came to is all that is kept of it.
    """

    row: AssessmentRow
    text: str | None
    kept: Mapping[tuple[str, str], str]
    stored: ScorecardRow | None
    events: Collection[str] = ()
    result_only: bool = False


class SealedClaims(NamedTuple):
    """What a sealed document says that others go by. `submitted`: when, as text; `signer`: the key that it names.

    `another_decides`: the scheme wants another to decide than whoever had a hand in the visit.
    """

    submitted: str
    by: str
    signer: str | None
    replaces: str | None
    another_decides: bool


class Checked(NamedTuple):
    """What does not hold of a sealed revision, and what it says, if that can be relied on."""

    result: Verification
    sealed: SealedClaims | None


def check_sealed(schemes: KeptSchemes, visit: SealedRevision) -> Checked:
    """Check a sealed revision, under one of these schemes."""
    result = Verification(seals=1)
    with readable(result, ProblemPlace.of(visit.row)):
        return Checked(result, _Checking(schemes, visit, result).check())
    return Checked(result, None)


class _Checking:
    """Checks one sealed revision, and notes what does not hold."""

    def __init__(self, schemes: KeptSchemes, visit: SealedRevision, result: Verification) -> None:
        self._schemes, self._visit, self._result = schemes, visit, result
        self._row, self._place = visit.row, ProblemPlace.of(visit.row)

    def check(self) -> SealedClaims | None:
        """What was sealed, if that can be relied on."""
        text = self._visit.text
        if text is None or sha256_of(text) != self._row.seal:
            self._wrong(Wrong.REWRITTEN, Phrase("verify.seal"))
            return None
        scheme: Scheme | None = None
        try:
            document: Document = json.loads(text)
            self._check_against_tables(document)
            self._check_journal(document)
            scheme = self._scheme(document)
            if self._visit.result_only:
                self._check_result(document, scheme)
            else:
                self._check_score(document, scheme)
        except GreenStarError:
            self._wrong(Wrong.SCHEME, Phrase("verify.no_scheme", sha256=self._row.scheme[:16]))
        except (KeyError, TypeError, ValueError, AttributeError):
            self._wrong(Wrong.REWRITTEN, Phrase("verify.unreadable_seal"))
            return None
        by = document.get("by", document["assessor"])
        another = scheme is not None and scheme.document.decided_by != "anyone"
        return SealedClaims(document["submitted"], by, document.get("signer"), document.get("replaces"), another)

    def _wrong(self, kind: Wrong, sentence: Phrase) -> None:
        self._result.wrong(kind, sentence, self._place)

    def _scheme(self, document: Document) -> Scheme:
        """The scheme that it was sealed under. GreenStarError: it is not here, or not what its hash says."""
        if document["scheme"]["sha256"] != self._row.scheme:
            self._wrong(Wrong.SCHEME, Phrase("verify.other_scheme"))
        return self._schemes.get(document["scheme"]["sha256"])

    def _check_against_tables(self, document: Document) -> None:
        names = list(not_as_sealed(self._row, self._visit.kept, document))
        if names:
            self._wrong(Wrong.DIFFERS, Phrase("verify.not_as_sealed", subjects=names))

    def _check_journal(self, document: Document) -> None:
        """The events that were the last when it was sealed must still be in its chain. Format 1 names none."""
        heads = document["journal"]["heads"] if document.get("journal") else []
        if any(head not in self._visit.events for head in heads):
            self._wrong(Wrong.REWRITTEN, Phrase("verify.sealed_head"))

    def _check_score(self, document: Document, scheme: Scheme) -> None:
        """Score it again: what was sealed, and what is stored, must come out."""
        card = score(scheme, visit_from(document, scheme))
        again, sealed = scorecard_figures(card), document["scorecard"]
        stored = self._visit.stored
        same = all(again.get(name, value) == value for name, value in sealed.items())
        names: list[str] = []
        if stored is None:
            self._wrong(Wrong.SCORE, Phrase("verify.no_scorecard"))
        elif same:
            later = STORED_LATER if document["format"] == _BEFORE_SEALS_NAMED_RULES else set()
            names = [*stored_otherwise(stored, scheme, card, later), *_other_policies(stored, document)]
        elif document["format"] == _BEFORE_SEALS_NAMED_RULES:
            self._result.notices.append(Phrase("verify.older_rules", store=self._row.store, cycle=self._row.cycle))
            names = list(_otherwise_than_sealed(stored, sealed))
        else:
            totals = {"sealed": str(sealed["total"]), "again": str(again["total"])}
            self._wrong(Wrong.SCORE, Phrase("verify.scores_otherwise", **totals))
            return
        if names:
            self._wrong(Wrong.SCORE, Phrase("verify.stored_otherwise", subjects=names))

    def _check_result(self, document: Document, scheme: Scheme) -> None:
        """Hold what is stored of a visit without answers against what was sealed: it cannot be scored again."""
        stored = self._visit.stored
        if stored is None:
            self._wrong(Wrong.SCORE, Phrase("verify.no_scorecard"))
            return
        names = [
            *_otherwise_than_sealed(stored, document["scorecard"]),
            *_figures_otherwise(stored, document, scheme),
        ]
        if names:
            self._wrong(Wrong.SCORE, Phrase("verify.stored_otherwise", subjects=names))


def _key_names(scheme: Scheme) -> list[str]:
    """The keys by which it is ranked, in the order in which they count."""
    return [key.id if isinstance(key, RankKey) else "total" for key in scheme.lighthouse.rank_by]


def _figures_otherwise(stored: ScorecardRow, document: Document, scheme: Scheme) -> Iterator[str]:
    """The columns by which it is ranked, and categories, that hold something else than follows from what was sealed."""
    sealed = document["scorecard"]
    keys = list(json.loads(stored.keys).values())  # in the order in which they count; the document sorts their names
    numbers = {f"key_{place}": key for place, key in enumerate(keys[:KEY_COLUMNS], 1)}
    for name, exact in {**numbers, "total_number": sealed["total"]}.items():
        if getattr(stored, name) != (None if exact is None else nearest_float(Fraction(exact))):
            yield name
    if stored.candidate != sealed["lighthouse"]:
        yield "candidate"
    if list(json.loads(stored.keys).items()) != [(name, sealed["keys"].get(name)) for name in _key_names(scheme)]:
        yield "keys"
    groups = {
        group.group: {"points": group.points_exact, "available": group.available_exact, "share": group.share}
        for group in stored.groups
    }
    if groups != sealed["groups"]:
        yield "groups"


def stored_otherwise(
    stored: ScorecardRow, scheme: Scheme, card: Scorecard, later: Collection[str] = STORED_LATER
) -> Iterator[str]:
    """The columns of a stored scorecard, and the categories, that hold something else than scoring gives.

    `later`: the columns that may hold nothing, as whoever sealed it did not store them.
    """
    again = plain_form(scheme, card)
    yield from _otherwise(stored, again, later)
    if not _same_reasons(json.loads(stored.why_not), json.loads(again.why_not)):
        yield "why_not"
    groups, kept = ({group.group: group for group in row.groups} for row in (again, stored))
    for name in {**groups, **kept}:
        if name not in groups or name not in kept or any(_otherwise(kept[name], groups[name], later)):
            yield name


def _same_reasons(kept: Sequence[Document], again: Sequence[Document]) -> bool:
    """Whether all that is stored of why a store is no candidate comes out again; 0.2 stored less of each reason."""
    return len(kept) == len(again) and all(
        before.items() <= now.items() for before, now in zip(kept, again, strict=True)
    )


def _other_policies(stored: ScorecardRow, document: Document) -> Iterator[str]:
    """The totals under other policies are held against what was sealed, and not worked out again."""
    kept, totals = stored.totals_by_policy, document["scorecard"].get("totals_by_policy")
    if totals is not None and (kept is None or json.loads(kept) != totals):
        yield "totals_by_policy"


def _otherwise_than_sealed(stored: ScorecardRow, sealed: Document) -> Iterator[str]:
    """The columns that hold something else than what was sealed."""
    yield from (name for name in sorted(_SEALED & sealed.keys()) if getattr(stored, name) != sealed[name])


def _otherwise(
    stored: ScorecardRow | GroupRow, again: ScorecardRow | GroupRow, later: Collection[str]
) -> Iterator[str]:
    """Names of what is stored otherwise. What an older program did not store (`later`), is not there (None)."""
    for field in fields(stored):
        kept = getattr(stored, field.name)
        missing = kept is None and field.name in later
        if field.name not in _APART and not missing and kept != getattr(again, field.name):
            yield field.name
