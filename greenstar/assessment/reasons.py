"""Reasons why a criterion was excused: one that says nothing is none."""

import re
import unicodedata

from greenstar.assessment.model import Visit
from greenstar.text import one_line

FEWEST, FEWEST_CHINESE = 10, 5
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def says_something(reason: str) -> bool:
    """Whether a reason has 10 characters or more, 5 in Chinese, and not only signs, or one letter over and over."""
    line = one_line(unicodedata.normalize("NFKC", reason).casefold())
    letters = {letter for letter in line if letter.isalnum()}
    return len(letters) > 1 and len(line) >= (FEWEST_CHINESE if _CHINESE.search(line) else FEWEST)


def hollow_reasons(visit: Visit) -> dict[str, str]:
    """The criteria that were excused for a reason which says nothing, with it: of drafts begun before it was asked."""
    return {name: reason for name, reason in visit.not_applicable.items() if not says_something(reason)}
