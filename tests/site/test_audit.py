"""The auditor prints what it found, page by page, and says which page misses which limit."""

import json
import stat

import audit
import pytest

STUB = """#!/bin/sh
cat <<'JSON'
{found}
JSON
"""


@pytest.fixture
def auditing(tmp_path):
    """A site of two pages, and a Lighthouse that finds what a test says."""
    for page in ("", "a/"):
        (tmp_path / "site" / page).mkdir(parents=True)
        (tmp_path / "site" / page / "index.html").write_text("<video>")

    def run(pages, performance=1.0, seo=1.0, **times):
        scores = dict.fromkeys(audit.SCORES, 1.0) | {"performance": performance, "seo": seo}
        times = {"LCP s": 1200, "TBT ms": 3, "CLS": 0} | times
        audits = {audit.TIMES[key]: {"numericValue": value} for key, value in times.items()}
        audits |= {"total-byte-weight": {"numericValue": 5e4}, "why": {"id": "why", "score": seo}}
        refs = [{"id": "why", "weight": 1}]
        categories = {name: {"score": s, "auditRefs": refs} for name, s in scores.items()}
        stub = tmp_path / "lighthouse"
        stub.write_text(STUB.format(found=json.dumps({"audits": audits, "categories": categories})))
        stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
        return audit.main(pages, tmp_path / "site", stub)

    return run


def test_every_page_has_its_row_in_either_form(auditing, capsys):
    assert auditing(["", "a/"], performance=0.99) == []
    rows = [line.split()[:3] for line in capsys.readouterr().out.splitlines()[1:5]]
    assert rows == [[page, form, "99"] for page in ("start", "a/") for form in audit.FORMS]


def test_a_page_that_is_not_there_is_named(auditing):
    with pytest.raises(SystemExit, match=r"no page b/\. Name folders of site/, or start"):
        auditing(["a/", "b/"])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"performance": 0.98}, "performance 98 < 99"),
        ({"seo": 0.99}, "seo 99 < 100"),
        ({"LCP s": 1900}, "LCP s 1.9 > 1.8"),
        ({"TBT ms": 101}, "TBT ms 101 > 100"),
        ({"CLS": 0.02}, "CLS 0.02 > 0.01"),
    ],
)
def test_a_missed_limit_is_told_by_page_and_form(auditing, capsys, found, said):
    complaints = auditing(["a/"], **found)
    assert [c.split(maxsplit=2) for c in complaints] == [["a/", f, said] for f in audit.FORMS]
    assert said in capsys.readouterr().out
