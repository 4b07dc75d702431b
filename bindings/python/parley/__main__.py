"""``python -m parley``: the command line, for where no script is installed (``python -m mpi4py.futures -m parley``)."""

import sys

from parley.cli import main

if __name__ == "__main__":
    sys.exit(main())
