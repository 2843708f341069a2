"""Where this machine keeps its Chromium, which prints the book and reads the pages in the tests."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")  # .ci/setup looks for the same


def chromium() -> str:
    """The path of the program. Raises `FileNotFoundError` that says how to get one."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        raise FileNotFoundError("Chromium is not installed. Run .ci/setup browser, or make test.")
    return path
