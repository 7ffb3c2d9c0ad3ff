"""How many arguments a callback takes is looked up once for each function, and not each time that it is called later.

Textual looks at the signature again for each call that is put off: two hundredths of what the tests of the screen take.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any
from weakref import WeakKeyDictionary

from textual import _callback

_counts: WeakKeyDictionary[Callable[..., Any], int] = WeakKeyDictionary()


def counted(function: Callable[..., Any]) -> int:
    """How many arguments it takes, without the object that a method belongs to."""
    plain = getattr(function, "__func__", function)
    try:
        if plain not in _counts:
            _counts[plain] = len(signature(plain).parameters)
    except TypeError:  # nothing that can be remembered
        return len(signature(function).parameters)
    return _counts[plain] - (plain is not function)


vars(_callback)["_count_parameters"] = counted
