"""Lighthouse on the built site, through a server that compresses; medians of three runs.

    python tests/bench/audit.py [PAGE …]     without arguments: all, of the modules' pages one

Prints a table of what it finds. Ends with 1, and with a list, if a page misses a limit.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from bench import SITE
from web import served

from bindery.chromium import chromium

LIGHTHOUSE = Path(__file__).parent / "node_modules/.bin/lighthouse"
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"LCP s": "largest-contentful-paint", "TBT ms": "total-blocking-time"}
TIMES |= {"CLS": "cumulative-layout-shift"}
LEAST = dict.fromkeys(SCORES, 100) | {"performance": 99}
MOST = {"LCP s": 1.8, "TBT ms": 100, "CLS": 0.01}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-component-update"
FORMS, RUNS = ("mobile", "desktop"), 3
HEAD = "page              form      perf a11y best  seo  LCP s  TBT ms    CLS    kB  videos"
ROW = "{page:18}{form:9}{performance:5.0f}{accessibility:5.0f}{best-practices:5.0f}{seo:5.0f}"
ROW += "{LCP s:7.2f}{TBT ms:8.0f}{CLS:7.3f}{kB:6.0f}{videos:8}"


def audited(address, form, lighthouse=LIGHTHOUSE):
    """One run: scores in percent, times, kilobytes, and what cost a score."""
    command = [lighthouse, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    command += [f"--only-categories={','.join(SCORES)}"]
    env = os.environ | {"CHROME_PATH": chromium()}
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


def missed(row):
    """The limits that a page in one form misses."""
    yield from (f"{key} {row[key]:g} < {least}" for key, least in LEAST.items() if row[key] < least)
    yield from (f"{key} {row[key]:g} > {most}" for key, most in MOST.items() if row[key] > most)


def main(pages, site=SITE, lighthouse=LIGHTHOUSE):
    """Audit the pages, and print a table; the complaints."""
    if lost := [page for page in pages if not (site / page / "index.html").is_file()]:
        sys.exit(f"there is no page {', '.join(lost)}. Name folders of site/, or start.")
    complaints = []
    print(HEAD)
    with served(site) as host:
        for page in pages:
            text = (site / page / "index.html").read_text(encoding="utf-8")
            for form in FORMS:
                runs = [audited(host.address + page, form, lighthouse) for _ in range(RUNS)]
                because = runs[0].pop("because")
                row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                row = {k: round(v, 3) for k, v in row.items()} | {"videos": text.count("<video")}
                told = {"page": page or "start", "form": form}
                print(ROW.format(**told, **row), *because, flush=True)
                complaints += (f"{told['page']:18}{form:9}{miss}" for miss in missed(row))
    print("\n".join(["", "missed:", *complaints]) if complaints else "\nevery limit is kept")
    return complaints


def everything(site):
    """All pages, of the modules' alike pages one."""
    every = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    alike = [name for name in every if name.startswith("reference/")][1:]
    return ["" if name == "." else f"{name}/" for name in every if name not in alike]


if __name__ == "__main__":
    asked = [page.strip("/").replace("start", "") for page in sys.argv[1:]]
    sys.exit(bool(main([page and f"{page}/" for page in asked] or everything(SITE))))
