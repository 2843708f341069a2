"""Properties are tried on the same examples every time: a failure is found again, anywhere."""

from hypothesis import settings

settings.register_profile("core", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("core")
