"""Facts, values and questions share one space of names; nothing in it is taken twice or reserved."""

from collections.abc import Iterator
from keyword import iskeyword

from greenstar.errors import Mark, Problem
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.rules.expression import RESERVED_FUNCTIONS, RESERVED_NAMES
from greenstar.scheme.validation.index import Index, Path

# Words that came later are not reserved: a scheme's own name is taken first, so that what is stored goes on.
_RESERVED = frozenset(RESERVED_FUNCTIONS) | frozenset(RESERVED_NAMES) | {"true", "false"}


def check_names(index: Index) -> None:
    """Facts, values and questions share one space of names."""
    seen: dict[str, Mark] = {}
    for name, path in _all_names(index):
        mark = index.at.key(path)
        if name in _RESERVED or iskeyword(name):
            index.problems.append(Problem(mark, name, Phrase("validation.reserved", name=name)))
        elif name in seen:
            first = seen[name]
            message = Phrase("validation.name_twice", name=name, file=first.file, line=first.line)
            index.problems.append(Problem(mark, name, message))
        else:
            seen[name] = mark
            if name in index.paths and path[-1] != "ask":
                index.problems.append(Problem(mark, name, Phrase("validation.name_is_id", name=name)))


def _all_names(index: Index) -> Iterator[tuple[str, Path]]:
    for name in index.document.facts:
        yield name, ("facts", name)
    for name in index.document.values:
        yield name, ("values", name)
    for identifier, criterion in index.criteria.items():
        for name in criterion.questions:
            yield name, (*index.paths[identifier], "questions", name)
