"""Lighthouse on the built site, through a server that compresses; medians of three runs.

    python tests/bench/audit.py [PAGE …]     without arguments: all, of the modules' pages one

Writes docs/audit.json, whose worst values the colophon shows.
"""

import gzip
import http.server
import json
import mimetypes
import os
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE, PREFIX = ROOT / "site", "/parallel-parking/"
LIGHTHOUSE = Path(__file__).parent / "node_modules/.bin/lighthouse"
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"LCP s": "largest-contentful-paint", "TBT ms": "total-blocking-time"}
TIMES |= {"CLS": "cumulative-layout-shift"}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-component-update"
RUNS = 3


class Server(http.server.BaseHTTPRequestHandler):
    """As a web host answers: compressed, kept for a while, never found beyond the site."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = SITE / self.path.partition("?")[0].removeprefix(PREFIX)
        path = path / "index.html" if path.is_dir() else path
        body = path.read_bytes() if path.is_file() else b""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        packed = kind.startswith("text/") or path.suffix in {".svg", ".json", ".js", ".mjs", ".xml"}
        body = gzip.compress(body) if packed else body
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", "text/javascript" if path.suffix == ".mjs" else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


def audited(address, form):
    """One run: scores in percent, times, kilobytes, and what cost a score."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chrome = next(filter(None, map(shutil.which, names)))
    command = [LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    command += [f"--only-categories={','.join(SCORES)}"]
    env = os.environ | {"CHROME_PATH": chrome}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    found = json.loads(done.stdout)
    audits, categories = found["audits"], found["categories"]
    row = {name: round(100 * categories[name]["score"]) for name in SCORES}
    row |= {name: audits[audit]["numericValue"] for name, audit in TIMES.items()}
    row["LCP s"] /= 1000
    row["kB"] = audits["total-byte-weight"]["numericValue"] / 1000
    row["because"] = sorted(
        f"{audit['id']} {audit['score']}"
        for name in SCORES[1:]
        for audit in (audits[ref["id"]] for ref in categories[name]["auditRefs"] if ref["weight"])
        if audit["score"] not in (1, None)
    )
    return row


def main(pages):
    """Audit the pages, print a table, and keep it."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}{PREFIX}"
        found = {}
        print(f"{'page':18}{'form':9}{'perf':>5}{'a11y':>5}{'best':>5}{'seo':>5}", end="")
        print(f"{'LCP s':>7}{'TBT ms':>8}{'CLS':>7}{'kB':>6}{'videos':>8}")
        for page in pages:
            videos = (SITE / page / "index.html").read_text(encoding="utf-8").count("<video")
            for form in ("mobile", "desktop"):
                runs = [audited(home + page, form) for _ in range(RUNS)]
                numbers = [key for key in runs[0] if key != "because"]
                row = {key: statistics.median(run[key] for run in runs) for key in numbers}
                row = {key: round(value, 3) for key, value in row.items()} | {"videos": videos}
                found.setdefault(page or "start", {})[form] = row
                print(f"{page or 'start':18}{form:9}", end="")
                print("".join(f"{row[name]:5.0f}" for name in SCORES), end="")
                print(f"{row['LCP s']:7.2f}{row['TBT ms']:8.0f}{row['CLS']:7.3f}", end="")
                print(f"{row['kB']:6.0f}{videos:8}", *runs[0]["because"], flush=True)
        server.shutdown()
    (ROOT / "docs" / "audit.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    every = sorted(str(path.parent.relative_to(SITE)) for path in SITE.rglob("index.html"))
    alike = [name for name in every if name.startswith("reference/")][1:]
    everything = [f"{name}/".replace("./", "") for name in every if name not in alike]
    main([p.strip("/") + "/" if p.strip("/") else "" for p in sys.argv[1:]] or everything)
