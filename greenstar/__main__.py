"""Where the program begins, as `greenstar` and as `python -m greenstar`: ctrl+c ends it quietly even while it loads."""

import sys


def main() -> int:
    """Run the command line; the exit code."""
    try:
        from greenstar.cli.main import run  # noqa: PLC0415 - so that ctrl+c while it loads is answered here

        return run()
    except KeyboardInterrupt:
        from greenstar.errors import INTERRUPTED  # noqa: PLC0415 - as above

        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
