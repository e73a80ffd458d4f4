"""The portal's own settings, but for what stands beside it to be compared with."""

from nvsi.environment import BASE_DIR
from nvsi.settings import *  # noqa: F403 - all of them

# One page more: an empty one.
ROOT_URLCONF = "tests.bench.urls"
# As `make setup` left it; all else is under var/bench.
STATIC_ROOT = BASE_DIR / "var" / "static"
