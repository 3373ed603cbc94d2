"""`python -m bitext` is `bitext`."""

import sys

from bitext.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
