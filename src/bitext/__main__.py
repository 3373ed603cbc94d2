"""`python -m bitext` is `bitext`."""

import sys


def main() -> int:
    """Runs the program and returns its exit code; ^C is no traceback while it is still being loaded either."""
    try:
        from bitext.cli.app import main as program
    except KeyboardInterrupt:
        return 130
    return program()


if __name__ == "__main__":
    sys.exit(main())
