"""Says once that something is not saved, and why; and that it is saved after all."""

from collections.abc import Callable

from greenstar.i18n.phrase import Phrase
from greenstar.tui.saving import Saving

_SAID = ("locked", "disk_full", "read_only")  # troubles of a storage for which there is a shorter sentence


class SavingNotices:
    """Tells what became of what was handed in; `notify` says a sentence."""

    def __init__(self, saving: Saving, notify: Callable[..., object]) -> None:
        self._saving, self._notify = saving, notify
        self._in_trouble = False
        self._refusals = 0  # when the trouble began

    def tell(self) -> None:
        """Something was handed in to be saved, is saved, or cannot be."""
        saving = self._saving
        if saving.mistake is not None:
            self._notify(saving.mistake, wrong=True)
            saving.mistake = None
        if saving.trouble is not None and not self._in_trouble:
            self._in_trouble, self._refusals = True, saving.refusals
            self._notify(_not_yet(saving.trouble), wrong=True)
        elif self._in_trouble and saving.idle:
            self._in_trouble = False
            if saving.refusals == self._refusals:  # else that is what is to be read
                self._notify(Phrase("saving.after_all"))


def _not_yet(trouble: Phrase) -> Phrase:
    """That something is not saved yet, and why."""
    kind = trouble.key.removeprefix("storage.")
    if kind in _SAID:
        return Phrase(f"saving.not_yet_{kind}", **trouble.values)
    return Phrase("saving.not_yet", why=trouble)
