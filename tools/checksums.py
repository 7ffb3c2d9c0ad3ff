"""Writes and prints the SHA-256 of each file of a folder: `python -m tools.checksums FOLDER`."""

import hashlib
import sys
from pathlib import Path

LIST = "SHA256SUMS"


def checksums(folder: Path) -> str:
    """A line for each file, as `sha256sum -c` reads them."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != LIST)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    (target / LIST).write_text(checksums(target), encoding="utf-8", newline="\n")
    print(checksums(target), end="")
