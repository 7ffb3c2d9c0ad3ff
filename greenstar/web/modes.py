"""What a program has set in its terminal, so that another terminal can go on from there: other screen, mouse, paste."""

import re

_MODE = re.compile(rb"\x1b\[\?([0-9;]{1,40})([hl])")
_BEGUN = re.compile(rb"\x1b(?:\[(?:\?[0-9;]{0,40})?)?\Z")
_WHOLE_FRAMES = b"2026"  # set and reset around each frame
_RESET = b"\x18\x1bc"  # whatever sequence was cut off ends, and the terminal is as new


class TerminalModes:
    """Reads along with what the program prints."""

    def __init__(self) -> None:
        self._set: dict[bytes, bytes] = {}
        self._rest = b""

    def read(self, output: bytes) -> None:
        """Take in the next piece; a sequence may go on in the one after."""
        output = self._rest + output
        for modes, onoff in _MODE.findall(output):
            for mode in modes.split(b";"):
                if mode != _WHOLE_FRAMES:
                    self._set.pop(mode, None)
                    self._set[mode] = onoff
        begun = _BEGUN.search(output)
        self._rest = begun[0] if begun is not None else b""

    def put_back(self) -> bytes:
        """What makes any terminal as the program expects it, and empty."""
        return _RESET + b"".join(b"\x1b[?%b%b" % (mode, onoff) for mode, onoff in self._set.items())
