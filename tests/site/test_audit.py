"""The auditor keeps what it found, page by page, and says which page misses which limit."""

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
        return audit.main(pages, tmp_path / "site", tmp_path / "audit.json", stub)

    run.kept = lambda: json.loads((tmp_path / "audit.json").read_text())
    return run


def test_pages_that_are_not_asked_for_keep_their_values(auditing):
    assert auditing(["", "a/"]) == []
    assert auditing(["a/"], performance=0.99) == []
    kept = auditing.kept()
    assert kept["start"]["mobile"]["performance"] == 100
    assert kept["a/"]["mobile"]["performance"] == 99 and kept["a/"]["desktop"]["LCP s"] == 1.2


def test_a_page_that_is_not_there_is_named(auditing):
    with pytest.raises(SystemExit, match=r"no page b/\. Name folders of site/, or start"):
        auditing(["a/", "b/"])


def test_a_page_that_is_gone_is_forgotten(auditing, tmp_path):
    auditing(["", "a/"])
    (tmp_path / "site/a/index.html").unlink()
    auditing([""])
    assert list(auditing.kept()) == ["start"]


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
