"""How grave findings are, and what a level may limit open ones by."""

from typing import Literal

Severity = Literal["major", "minor", "observation"]
SEVERITIES: tuple[Severity, ...] = ("major", "minor", "observation")
FindingLimit = Literal["major", "minor", "observation", "repeated"]
FINDING_LIMITS: tuple[FindingLimit, ...] = (*SEVERITIES, "repeated")
"""What open findings may be limited by: their severity, or that they were open at the last visit already."""
