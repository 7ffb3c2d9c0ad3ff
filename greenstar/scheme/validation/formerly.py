"""Earlier names: each stands for one thing at most, and for none that is still called so.

So there are no circles: of two things that each claim the other's name, both are still called so.
"""

from collections.abc import Collection, Iterator, Mapping

from greenstar.errors import Mark
from greenstar.scheme.document import Criterion, Group, Option
from greenstar.scheme.validation.index import Index, Path

Claims = list[tuple[Path, list[str]]]  # where a thing stands, and what it says that it was called


def check_formerly(index: Index) -> None:
    """Check the earlier names of criteria and groups, of questions and facts, and of the options of each set."""
    lone = {name for name, criterion in index.criteria.items() if criterion.ask is not None}
    things: dict[str, Criterion | Group] = {**index.criteria, **index.groups}
    ids: Claims = [(index.paths[name], thing.formerly) for name, thing in things.items()]
    asked: Claims = [(path, question.formerly) for question, path in index.asked.values()]
    asked += [(index.paths[name], index.criteria[name].formerly) for name in lone]
    refused = _check(index, ids, things)
    _check(index, asked, {*index.asked, *index.document.values, *lone}, refused)
    for path, options in _option_sets(index):
        _check(index, [((*path, name), option.formerly) for name, option in options.items()], options)


def _option_sets(index: Index) -> Iterator[tuple[Path, Mapping[str, Option]]]:
    for name, shared in index.document.options.items():
        yield ("options", name), shared
    questions = [*index.asked.values(), *((criterion, index.paths[name]) for name, criterion in index.criteria.items())]
    for question, path in questions:
        if question.options is not None and not isinstance(question.options, str):
            yield (*path, "options"), question.options


def _check(index: Index, claims: Claims, names: Collection[str], refused: Collection[Path] = ()) -> set[Path]:
    """Check the earlier names of things that share one space of names; where something is wrong.

    `names` are in use. A lone question goes by its criterion's id: what is wrong with it is `refused` once.
    """
    first: dict[str, Mark] = {}
    wrong: set[Path] = set()
    claims = [claim for claim in claims if claim[1]]
    for thing, formerly in sorted(claims, key=lambda claim: index.at.value(claim[0])):  # as they stand in the file
        for number, name in enumerate(formerly):
            path = (*thing, "formerly", number)
            if path in refused:
                continue
            if name in names:
                index.refuse(path, "validation.formerly_in_use", name=name)
            elif name in first and first[name] != index.at.value((*thing, "formerly", formerly.index(name))):
                index.refuse(path, "validation.formerly_twice", name=name, file=first[name].file, line=first[name].line)
            else:
                first.setdefault(name, index.at.value(path))
                continue
            wrong.add(path)
    return wrong
