"""A web host on this machine: compresses, lets browsers keep what they have, counts what it sends.

For the tests and for what measures: the site as a reader gets it.
"""

import functools
import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "/parallel-parking/"  # the site must work below a path, as on GitHub Pages
PACKED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".vtt", ".py"}


@functools.cache
def _packed(path: Path, _modified: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


class Host:
    """Where a folder is served, and what was sent since somebody last emptied the list."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.sent: list[tuple[str, int]] = []  # path below the site, bytes of the body


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """Serve a folder, below a path, while the context lasts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.partition("?")[0].removeprefix(PREFIX)
            path = folder / name / "index.html" if (folder / name).is_dir() else folder / name
            found = path.is_file() and self.path.startswith(PREFIX)
            path = path if found else folder / "404.html"
            packed = path.suffix in PACKED
            body = b"" if not path.is_file() else path.read_bytes()
            body = _packed(path, path.stat().st_mtime_ns) if packed and body else body
            mimetypes.add_type("text/javascript", ".mjs")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            host.sent.append((name, len(body)))
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=31536000")
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            with suppress(ConnectionError):  # a browser may leave in mid-sentence
                super().handle()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host = Host(f"http://127.0.0.1:{server.server_port}{PREFIX}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host
        server.shutdown()
