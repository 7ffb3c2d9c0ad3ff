"""`python -m greenstar` does what `greenstar` does."""

import sys

from greenstar.cli.main import run

sys.exit(run())
