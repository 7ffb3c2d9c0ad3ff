"""What the doctor found, for a program."""

from collections.abc import Sequence
from typing import Any

from greenstar.i18n.catalogue import Catalogue
from greenstar.services.doctor.diagnosis import Diagnosis, Verdict


def doctor_json(diagnoses: Sequence[Diagnosis], catalogue: Catalogue) -> dict[str, Any]:
    """`doctor --json`: `verdict` is ok, warn or bad; `sentence` and `advice` are for people."""
    return {
        "well": all(diagnosis.verdict is not Verdict.BAD for diagnosis in diagnoses),
        "checks": [_check(diagnosis, catalogue) for diagnosis in diagnoses],
    }


def _check(diagnosis: Diagnosis, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "check": diagnosis.subject,
        "verdict": diagnosis.verdict.value,
        "code": diagnosis.says.key.partition(".")[2],
        "sentence": catalogue.render(diagnosis.says),
        "advice": catalogue.render(diagnosis.advice) if diagnosis.advice is not None else None,
    }
