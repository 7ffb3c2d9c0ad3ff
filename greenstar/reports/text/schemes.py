"""The schemes of a database: the list, and one version with its visits."""

from collections.abc import Iterator, Sequence

from greenstar.assessment.model import Status
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.record.timestamps import local_day
from greenstar.reports.text.page import Block, Table, TextLine
from greenstar.services.schemes.stored_schemes import StoredScheme


def schemes_table(stored: Sequence[StoredScheme], catalogue: Catalogue) -> Table:
    """`schemes list`."""
    say = catalogue.say
    heads = [say(f"versions.head_{name}") for name in ("name", "version", "title", "visits", "drafts", "since")]
    table = Table([*heads, ""], numbers=(3, 4))
    for scheme in stored:
        row = scheme.row
        remark = say("versions.two_leagues") if scheme.other_rules else ""
        since = local_day(scheme.wordings[0].added_at).isoformat()
        title = catalogue.write(scheme.title)
        table.rows.append((row.name, row.version, title, scheme.count(), scheme.count("draft"), since, remark))
    return table


def scheme_page(stored: StoredScheme, catalogue: Catalogue) -> Iterator[Block]:
    """`schemes show`: one version."""
    say, row, scheme = catalogue.say, stored.row, stored.scheme
    assert scheme is not None
    yield TextLine(f"{row.name} {row.version}  {catalogue.write(stored.title)}", strong=True)
    criteria = Phrase("checking.criteria", count=len(scheme.criteria))
    levels = Phrase("checking.levels", count=len(scheme.levels))
    yield TextLine(say("versions.content", criteria=criteria, levels=levels))
    yield TextLine(say("versions.rules", rules=row.rules))
    for wording in stored.wordings:
        yield TextLine(say("versions.wording", sha256=wording.sha256, day=local_day(wording.added_at)))
    if row.edition == 1:
        yield TextLine(say("versions.edition_1"))
    if stored.other_rules:
        yield TextLine(say("versions.other_rules"))
    table = Table([say("reports.head_cycle"), *(say(f"storage.{status}") for status in Status)], numbers=(1, 2, 3, 4))
    for cycle in dict.fromkeys(visits.cycle for visits in stored.visits):
        counts = {visits.status: visits.count for visits in stored.visits if visits.cycle == cycle}
        table.rows.append((cycle, *(counts.get(status, 0) for status in Status)))
    yield table if table.rows else TextLine(say("versions.no_visits"))
    yield TextLine()
