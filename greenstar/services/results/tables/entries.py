"""The tables of what a visit holds beside its answers: facts, evidence and findings."""

from collections.abc import Iterator

from greenstar.assessment.answer_types import answer_type
from greenstar.services.results.columns import EvidenceColumns, FactColumns, FindingColumns
from greenstar.services.results.stored_visits import schemes_of, visits
from greenstar.services.results.tables.extract import Extract
from greenstar.storage.protocols import Row


def fact_rows(extract: Extract) -> Iterator[Row]:
    """One row a fact that is known of a store at a visit, in the order of the scheme."""
    for rows in extract.visits():
        for assessment, scheme, visit in visits(extract.storage, schemes_of(rows)):
            for name, question in scheme.facts.items():
                if name not in visit.facts:
                    continue
                yield vars(
                    FactColumns(
                        store=visit.store.code,
                        cycle=visit.cycle,
                        fact=name,
                        value=answer_type(scheme, question).to_cell(visit.facts[name]),
                        unit=question.unit.in_(extract.language) if question.unit is not None else None,
                        label_en=question.ask.by_language.get("en"),
                        label_zh=question.ask.by_language.get("zh"),
                        scheme=scheme.name,
                        version=scheme.version,
                        revision=rows[assessment].revision,
                    )
                )


def evidence_rows(extract: Extract) -> Iterator[Row]:
    """One row a piece of evidence. `file_is`: whether its file is here."""
    versions, keeping = _versions(extract), extract.storage.evidence.keeping
    for rows in extract.visits():
        pieces = extract.storage.contents.lists("evidence", list(rows))
        for number, row in rows.items():
            for piece in pieces[number]:
                yield vars(
                    EvidenceColumns(
                        store=row.store,
                        cycle=row.cycle,
                        criterion=piece["criterion"],
                        file=piece["file"],
                        caption=piece["caption"],
                        verified=bool(piece["verified"]),
                        sha256=piece["sha256"],
                        bytes=piece["bytes"],
                        taken_at=piece["taken_at"],
                        added_at=piece["at"],
                        assessor=piece["by"],
                        file_is=keeping(piece["sha256"], piece["bytes"]).value,
                        scheme=row.scheme_name,
                        version=versions[row.scheme],
                        revision=row.revision,
                    )
                )


def finding_rows(extract: Extract) -> Iterator[Row]:
    """One row a finding of every visit that counts, or is a draft where none does."""
    versions = _versions(extract)
    for rows in extract.visits():
        findings = extract.storage.contents.lists("finding", list(rows))
        for number, row in rows.items():
            for finding in findings[number]:
                yield vars(
                    FindingColumns(
                        store=row.store,
                        cycle=row.cycle,
                        criterion=finding["criterion"],
                        severity=finding["severity"],
                        text=finding["text"],
                        action=finding["action"],
                        due=finding["due"],
                        closed=finding["closed"],
                        found_at=finding["found_at"],
                        assessor=finding["by"],
                        id=finding["id"],
                        follows=finding["follows"],
                        owner=finding["owner"],
                        revision=row.revision,
                        scheme=row.scheme_name,
                        version=versions[row.scheme],
                    )
                )


def _versions(extract: Extract) -> dict[str, str]:
    """The version of each scheme, by its hash."""
    return {scheme.sha256: scheme.version for scheme in extract.storage.schemes.all()}
