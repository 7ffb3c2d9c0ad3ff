"""What a store may be called."""

import re

from greenstar.assessment.model import Store
from greenstar.errors import BadInput
from greenstar.text import MOST_NAME, clean_line, clean_name, clean_text, tidied

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)


def checked(store: Store) -> Store:
    """A store fit to be kept. BadInput: its code is none, or a text is too long."""
    code = tidied(store.code)
    if not CODE.fullmatch(code):
        raise BadInput("storage.bad_code", code=clean_text(store.code)[:60])
    clean = Store(code, clean_line(store.name), clean_name(store.city), clean_name(store.region))
    if not clean.name:
        raise BadInput("storage.no_name", code=code)
    for text in (clean.name, clean.city, clean.region):
        if len(text) > MOST_NAME:
            raise BadInput("storage.too_long", most=str(MOST_NAME), found=str(len(text)), start=text[:20])
    return clean
