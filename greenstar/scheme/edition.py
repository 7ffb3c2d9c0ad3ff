"""By which measure a scheme is read and scored: that of the release that stored it."""

EDITION = 2
"""That of this program, for what it reads from files and stores."""
FIRST = 1
"""That of 0.2 and earlier, which knew nothing of what is unknown for good: it was left open like what is missing."""
