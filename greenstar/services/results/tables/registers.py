"""The tables that are kept beside the visits: events, certificates, stores."""

import json
from collections.abc import Iterator
from datetime import date

from greenstar.assessment.answer_types import answer_type
from greenstar.assessment.model import Status
from greenstar.numbers import as_number, exact_figure
from greenstar.services.results.columns import EventColumns
from greenstar.services.results.network_columns import CertificateColumns, CertificateStanding
from greenstar.services.results.ranking import edges_in
from greenstar.services.results.tables.extract import Extract
from greenstar.services.visit.codec import read_facts
from greenstar.storage.protocols import Row


def event_rows(extract: Extract) -> Iterator[Row]:
    """One row an event of the visits of the cycle; of all cycles the whole chain, also what is of no visit."""
    for row in extract.storage.exports.events(extract.cycle):
        yield vars(EventColumns(**row))


def certificate_rows(extract: Extract) -> Iterator[Row]:
    """One row a certificate, of all cycles where none was asked for."""
    today = extract.workspace.today()
    summaries = {scheme.sha256: json.loads(scheme.summary) for scheme in extract.storage.schemes.all()}
    for row in extract.storage.exports.certificates(extract.register_cycle):
        total, available = exact_figure(row["total"]), exact_figure(row["available"])
        edges = edges_in(summaries[row["sha256"]])
        shown = None if total is None else as_number(total, misses=edges.in_points(available))
        yield vars(
            CertificateColumns(
                certificate=row["certificate"],
                store=row["store"],
                name=row["name"],
                city=row["city"],
                region=row["region"],
                cycle=row["cycle"],
                scheme=row["scheme"],
                version=row["version"],
                level=row["level"],
                stars=row["stars"],
                total=shown,
                decided=row["decided_at"],
                valid_until=row["last_day"],
                standing=_standing(row, today),
                revision=row["revision"],
                seal=row["seal"],
            )
        )


def _standing(row: Row, today: date) -> CertificateStanding:
    if row["status"] == Status.WITHDRAWN:
        return "withdrawn"
    return "expired" if row["last_day"] is not None and date.fromisoformat(row["last_day"]) < today else "valid"


def store_rows(extract: Extract) -> Iterator[Row]:
    """One row a store with its facts by their names, as `stores import` reads them."""
    scheme = extract.workspace.scheme
    types = {name: answer_type(scheme, question) for name, question in scheme.facts.items()}
    for store, texts in extract.storage.exports.stores():
        facts = read_facts(scheme, texts)
        yield {**vars(store), **{name: types[name].to_text(value) for name, value in facts.items()}}
