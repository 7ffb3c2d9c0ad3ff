"""What changed between two schemes, line by line."""

from collections.abc import Iterator

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.schemes.diff import SchemeChange, SchemeDiff
from greenstar.text import terminal_line

_SIGNS = {"added": "+ ", "removed": "− "}


def scheme_diff_lines(diff: SchemeDiff, catalogue: Catalogue) -> Iterator[str]:
    """The changes under what they are changes of, then how many."""
    old, new = diff.old, diff.new
    yield catalogue.say("diff.title", old=old.name, was=old.version, new=new.name, became=new.version)
    if diff.equal:
        yield catalogue.say("diff.equal")
        return
    head = ""
    for change in diff.changes:
        sentence = terminal_line(catalogue.render(change.message))
        sign = _SIGNS.get(change.kind)
        if sign is not None and change.area != "question":
            yield sign + catalogue.say("diff.line", head=_head(change, catalogue), sentence=sentence)
            continue
        above = _head_above(diff, change, catalogue)
        if above != head:
            head = above
            yield f"  {head}"
        if change.area == "question" and change.subject != change.inside:
            name = catalogue.say("diff.head_question", name=change.subject)
            sentence = catalogue.say("diff.line", head=name, sentence=sentence)
        yield f"      {sign or ''}{sentence}"
    yield catalogue.say("diff.count", count=len(diff.changes))


def _head(change: SchemeChange, catalogue: Catalogue) -> str:
    title = terminal_line(change.title.in_(catalogue.language)) if change.title is not None and change.subject else ""
    return f"{catalogue.say(f'diff.head_{change.area}', name=change.subject)} {title}".rstrip()


def _head_above(diff: SchemeDiff, change: SchemeChange, catalogue: Catalogue) -> str:
    """The line that a change stands under: a question's is its criterion's."""
    if change.area != "question":
        return _head(change, catalogue)
    scheme = diff.new if change.inside in diff.new.criteria else diff.old
    title = scheme.criteria[change.inside].title.in_(catalogue.language)
    return f"{catalogue.say('diff.head_criterion', name=change.inside)} {terminal_line(title)}"
