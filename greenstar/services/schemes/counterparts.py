"""The same criterion or category in two versions of a scheme, whatever each calls it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from greenstar.scheme.model import Scheme


@dataclass(frozen=True)
class Counterparts:
    """What the second of two schemes calls the criteria and groups of the first."""

    theirs: Mapping[str, str]

    def of(self, name: str) -> str:
        """The second's id of what the first has; the same one where the second has nothing like it."""
        return self.theirs.get(name, name)

    def in_first(self, names: Iterable[str]) -> dict[str, str]:
        """The ids of the second by what the first calls the same; their own where it has nothing like it."""
        ours = {theirs: name for name, theirs in self.theirs.items()}
        return {ours.get(name, name): name for name in names}


def counterparts(first: Scheme, second: Scheme) -> Counterparts:
    """What two versions of a scheme call the same: by the same id, or by what either says that it was called."""
    earlier, later = first.earlier_names, second.earlier_names
    return Counterparts(
        _matched(first.criteria, second.criteria, earlier.criteria, later.criteria)
        | _matched(first.groups, second.groups, earlier.groups, later.groups)
    )


def _matched(
    first: Collection[str], second: Collection[str], earlier: Mapping[str, str], later: Mapping[str, str]
) -> dict[str, str]:
    """`earlier` and `later`: the present name of each earlier one in the first, and in the second."""
    matched = {name: name for name in first if name in second}
    matched |= {old: new for old, new in later.items() if old in first and new not in first}
    matched |= {new: old for old, new in earlier.items() if old in second and new not in second}
    return matched
