"""`python -m smaclab` is `smaclab`."""

import sys

from smaclab.cli import main

sys.exit(main())
