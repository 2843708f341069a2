"""A running `mkdocs serve`, and a reader who waits for an edit as a browser does."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 120  # seconds that a test waits for a build: a machine may be busy


class Reader:
    """Reads pages of a server; knows of every rebuild through the server's own long poll."""

    def __init__(self, host: str, prefix: str, log: Path) -> None:
        self.host, self.prefix, self.log = host, prefix, log

    def page(self, path: str = "") -> str:
        """A file of the site, by its path below the start page."""
        return self._get(f"{self.prefix}/{path}")

    def _get(self, path: str) -> str:
        with urllib.request.urlopen(self.host + path, timeout=60) as answer:
            return answer.read().decode()

    def after(self, edit: Callable[[], object]) -> float:
        """Edit; wait until the server tells browsers to reload; the seconds that it took."""
        before = self._builds()
        while True:  # until nothing is left to do that came before
            time.sleep(0.8)  # the server looks twice a second, and then waits a little
            if before == (before := self._builds()) and before[0] == before[1]:
                break
        start = time.perf_counter()
        edit()
        while time.perf_counter() < start + PATIENCE:
            begun, ended = self._builds()
            if begun == ended > before[1]:
                return time.perf_counter() - start
            time.sleep(0.05)
        raise AssertionError(f"no build after {PATIENCE} s:\n{self.said()}")

    def _builds(self) -> tuple[int, int]:
        """How many builds the server has begun, and how many have ended.

        (mkdocs does not say "Documentation built in 0.30 seconds" a second time.)
        """
        said = self.said()
        ended = said.count("Serving on") + said.count("Reloading browsers")
        return said.count("Building documentation..."), ended

    def rendered(self) -> list[str]:
        """The figures that were rendered since the server began to serve, in that order."""
        return re.findall(r"darkroom: `(\w+)` is stale", self.said().partition("Serving on")[2])

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextmanager
def serving(root: Path, log: Path, prefix: str = "", patience: float = 120) -> Iterator[Reader]:
    """Serve a project at a free port, below the path of its `site_url`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(command, cwd=root, stdout=said, stderr=said, env=os.environ)
        reader = Reader(f"http://127.0.0.1:{port}", prefix, log)
        try:
            for _ in range(int(10 * patience)):
                if "Serving on" in reader.said() or server.poll() is not None:
                    break
                time.sleep(0.1)
            assert server.poll() is None, reader.said()
            yield reader
            assert server.poll() is None, "the server died:\n" + reader.said()
        finally:
            server.terminate()
            server.wait(60)
