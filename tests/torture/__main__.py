"""`python -m tests.torture`: all tortures, or those that are named."""

import sys

from tests.torture.running import main

if __name__ == "__main__":
    sys.exit(main())
