"""A sample network of thousands of stores: sealed scorecards only, drawn and written in bulk.

There are no answers, no files and no histories in it: rankings and exports of scores tell what they always do, and
nothing can be explained down to an answer. The same seed makes the same network; no clock is asked.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import greenstar
from greenstar.assessment.model import AssessmentKind
from greenstar.record.canonical import canonical, canonical_of_plain, sha256_of
from greenstar.record.event import Change
from greenstar.record.sealed import DOMAIN, FORMAT
from greenstar.record.timestamps import written_time
from greenstar.record.ulids import ulid_of
from greenstar.scheme.model import Scheme
from greenstar.services.demo.cities import CITIES
from greenstar.services.demo.drawn_cards import DrawnCards
from greenstar.services.demo.sample import MADE
from greenstar.services.progress import Progress
from greenstar.services.schemes.keeping import keep
from greenstar.storage.protocols.bulk import SealedVisit
from greenstar.storage.protocols.scorecards import ScorecardRow
from greenstar.storage.protocols.storage import Storage
from greenstar.storage.protocols.stores import StoreRow

_AT_ONCE = 1_000  # stores that are written together
_NOT_VISITED, _WITHDRAWN = 0.12, 0.01  # of all, in each cycle
_QUALITY, _SPREAD, _BETTER = 0.62, 0.14, 0.03  # of stores; how much better they are in the next cycle
_SEALED = (
    *("total", "available", "share", "level", "stars", "answered", "asked", "not_applicable_points", "excused_points"),
)
_NOTHING_NOTED: dict[str, Any] = {
    **{name: {} for name in ("facts", "answers", "not_applicable", "notes", "entered")},
    **dict.fromkeys(("representative", "remarks"), ""),
    **{name: [] for name in ("evidence", "findings")},
}
_MADE_AT = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


class LargeNetwork:
    """Fills a new database with so many stores, which are visited in some cycles by somebody."""

    def __init__(
        self, storage: Storage, scheme: Scheme, *, seed: int, stores: int, cycles: Sequence[str], maker: str
    ) -> None:
        self.storage, self.scheme = storage, scheme
        self.seed, self.stores, self.cycles, self.maker = seed, stores, cycles, maker
        self.random = Random(seed)  # noqa: S311 - invented data
        self.cards = DrawnCards(scheme, self.random)
        self._sealed_alike = {
            **_NOTHING_NOTED,
            "domain": DOMAIN,
            "format": FORMAT,
            "program": greenstar.__version__,
            "database": None,  # the same seed makes the same network, wherever
            "kind": AssessmentKind.VISIT,
            "revision": 1,
            "replaces": None,
            "by": maker,
            "scheme": {
                "name": scheme.name,
                "version": scheme.version,
                "sha256": scheme.sha256,
                "rules": scheme.rules_sha256,
            },
            "journal": None,
        }

    def fill(self, progress: Progress | None) -> int:
        """Make everything; how many visits."""
        at = written_time(_MADE_AT)
        with self.storage.transaction():
            made_of = canonical({"seed": self.seed, "stores": self.stores})
            event = self.storage.events.append(
                [Change(MADE, "synthetic sample network", after=made_of)], at, self.maker
            )
            keep(self.storage, self.scheme, at)
        count = 0
        for start in range(1, self.stores + 1, _AT_ONCE):
            stores = [self._store(number) for number in range(start, min(start + _AT_ONCE, self.stores + 1))]
            visits = [visit for store in stores for visit in self._visits(store)]
            with self.storage.transaction():
                self.storage.bulk.add_stores(stores, at)
                self.storage.bulk.add_sealed(
                    visits, scheme_name=self.scheme.name, scheme=self.scheme.sha256, event=event
                )
            count += len(visits)
            if progress is not None:
                progress(start + len(stores) - 1, self.stores)
        return count

    def _store(self, number: int) -> StoreRow:
        city = self.random.choice(CITIES)
        digits = f"{number:0{len(str(self.stores))}}"
        return StoreRow(f"SYN-{digits}", city.store_name(digits), city.name, city.region)

    def _visits(self, store: StoreRow) -> Iterator[SealedVisit]:
        """A store's visits in the cycles in which it had one."""
        random = self.random
        quality = min(max(random.gauss(_QUALITY, _SPREAD), 0.1), 0.97)
        for cycle in self.cycles:
            chance = random.random()
            if chance >= _NOT_VISITED:
                status = "withdrawn" if chance > 1 - _WITHDRAWN else "submitted"
                day = date(int(cycle), 3, 2) + timedelta(days=random.randrange(200))
                yield self._visit(store, cycle, day, status, self.cards.draw(quality))
            quality += random.gauss(_BETTER, _BETTER)

    def _visit(self, store: StoreRow, cycle: str, day: date, status: str, card: ScorecardRow) -> SealedVisit:
        at = f"{day.isoformat()}T09:00:00.000Z"
        ulid = ulid_of(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), f"{store.code}/{cycle}")
        sealed = canonical_of_plain(self._document(store, cycle, at, card, ulid))
        return SealedVisit(ulid, store, cycle, status, self.maker, day.isoformat(), at, sha256_of(sealed), sealed, card)

    def _document(self, store: StoreRow, cycle: str, at: str, card: ScorecardRow, ulid: str) -> dict[str, Any]:
        """What is sealed, as `record.sealed` writes it, of a visit in which nothing was noted."""
        groups = {
            group.group: {"points": group.points_exact, "available": group.available_exact, "share": group.share}
            for group in card.groups
        }
        figures = {name: getattr(card, name) for name in _SEALED}
        return {
            **self._sealed_alike,
            "assessment": ulid,
            "submitted": at,
            "scorecard": {
                **figures,
                "lighthouse": card.candidate,
                "keys": json.loads(card.keys),
                "groups": groups,
                "criteria": {},
            },
            "store": {"code": store.code, "name": store.name, "city": store.city, "region": store.region},
            "cycle": cycle,
            "assessor": self.maker,
            "visited": at[:10],
        }
