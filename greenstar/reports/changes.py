"""What changed between two schemes, for a person and for a program."""

from collections.abc import Iterator
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.schemes.diff import SchemeChange, SchemeDiff
from greenstar.text import terminal_line

_SIGNS = {"added": "+ ", "removed": "− "}


def changes_json(found: SchemeDiff, catalogue: Catalogue) -> dict[str, Any]:
    """`diff --json`. Its keys are promises; they are only ever added."""
    old, new = found.old, found.new
    return {
        "old": {"scheme": old.name, "version": old.version, "scheme_sha256": old.sha256},
        "new": {"scheme": new.name, "version": new.version, "scheme_sha256": new.sha256},
        "equal": found.equal,
        "changes": [_change(change, catalogue) for change in found.changes],
    }


def _change(change: SchemeChange, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "area": change.area,
        "subject": change.subject or None,
        "inside": change.inside or None,
        "kind": change.kind,
        "key": catalogue.render(change.key) if change.key is not None else None,
        "was": catalogue.write(change.was) if change.was is not None else None,
        "became": catalogue.write(change.became) if change.became is not None else None,
        "message": catalogue.render(change.message),
    }


def changes_lines(found: SchemeDiff, catalogue: Catalogue) -> Iterator[str]:
    """The changes under what they are changes of, then how many."""
    old, new = found.old, found.new
    yield catalogue.say("diff.title", old=old.name, was=old.version, new=new.name, became=new.version)
    if found.equal:
        yield catalogue.say("diff.equal")
        return
    head = ""
    for change in found.changes:
        sentence = terminal_line(catalogue.render(change.message))
        sign = _SIGNS.get(change.kind)
        if sign is not None and change.area != "question":
            yield sign + catalogue.say("diff.line", head=_head(change, catalogue), sentence=sentence)
            continue
        above = _head_above(found, change, catalogue)
        if above != head:
            head = above
            yield f"  {head}"
        if change.area == "question" and change.subject != change.inside:
            name = catalogue.say("diff.head_question", name=change.subject)
            sentence = catalogue.say("diff.line", head=name, sentence=sentence)
        yield f"      {sign or ''}{sentence}"
    yield catalogue.say("diff.count", count=len(found.changes))


def _head(change: SchemeChange, catalogue: Catalogue) -> str:
    title = terminal_line(change.title.in_(catalogue.language)) if change.title is not None and change.subject else ""
    return f"{catalogue.say(f'diff.head_{change.area}', name=change.subject)} {title}".rstrip()


def _head_above(found: SchemeDiff, change: SchemeChange, catalogue: Catalogue) -> str:
    """The line that a change stands under: a question's is its criterion's."""
    if change.area != "question":
        return _head(change, catalogue)
    scheme = found.new if change.inside in found.new.criteria else found.old
    title = scheme.criteria[change.inside].title.in_(catalogue.language)
    return f"{catalogue.say('diff.head_criterion', name=change.inside)} {terminal_line(title)}"
