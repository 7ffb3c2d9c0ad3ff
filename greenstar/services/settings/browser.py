"""What the server for a browser and the program behind it agree on."""

from pathlib import Path

from greenstar.services.settings.settings import home

VARIABLE = "GREENSTAR_BROWSER"
"""The environment variable that names the line between the two, by the number of its file descriptor."""


def uploads() -> Path:
    """The folder for files that come by a browser, until they are attached. StorageError: there is no home."""
    return home() / "uploads"
