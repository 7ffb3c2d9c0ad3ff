"""Folders that options name."""

from pathlib import Path

from greenstar.errors import BadInput
from greenstar.services.settings.settings import expand_home


def folder_named(option: str, name: str) -> Path:
    """The folder that an option names. BadInput: there is none, or nothing is named."""
    folder = expand_home(name)
    if not (name and folder.is_dir()):
        raise BadInput("cli.no_folder", name=option, folder=name or '""')
    return folder
