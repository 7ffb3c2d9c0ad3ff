"""What the doctor found, a line each: how it is, of what, and below it what to do."""

from collections.abc import Iterator, Sequence

from greenstar.fitting import folded_lines
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.doctor.diagnosis import Diagnosis
from greenstar.text import cell_width, terminal_line

_LEAST = 30  # cells that sentences get, however narrow the terminal is


def doctor_lines(diagnoses: Sequence[Diagnosis], catalogue: Catalogue, width: int | None) -> Iterator[str]:
    """All lines, within so many cells where sentences are to be folded."""
    verdicts = [catalogue.say(f"doctor.is_{diagnosis.verdict.value}") for diagnosis in diagnoses]
    subjects = [catalogue.say(f"doctor.on_{diagnosis.subject}") for diagnosis in diagnoses]
    head = max(map(cell_width, verdicts)), max(map(cell_width, subjects))
    for verdict, subject, diagnosis in zip(verdicts, subjects, diagnoses, strict=True):
        before = f"{_padded(verdict, head[0])}  {_padded(subject, head[1])}  "
        for phrase in (diagnosis.says, diagnosis.advice):
            if phrase is None:
                continue
            sentence = terminal_line(catalogue.render(phrase))
            folded = [sentence] if width is None else folded_lines(sentence, max(width - cell_width(before), _LEAST))
            for line in folded:
                yield (before + line).rstrip()
                before = " " * cell_width(before)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_width(text))
