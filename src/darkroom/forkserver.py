"""The fork server imports this before numpy, and every job inherits it: one job, one thread."""

import os

from darkroom.inputs import ONE_THREAD

os.environ |= ONE_THREAD
