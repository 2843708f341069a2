"""One style sheet a site: those that every page links, in their order."""

import re

from bindery.pages.styles import combine


def test_every_page_links_one_sheet_from_where_it_stands(tmp_path):
    link = '<link rel="stylesheet" href="{}{}">'
    pages = {"index.html": "", "deep/er/index.html": "../../", "404.html": "/base/"}
    for page, root in pages.items():
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        links = "\n".join(link.format(root, sheet) for sheet in ("a.css", "b/c.css"))
        (tmp_path / page).write_text(f"<head>{links}</head>")
    (tmp_path / "b").mkdir()
    (tmp_path / "a.css").write_text(".a{b:c}/*# sourceMappingURL=a.css.map */")
    (tmp_path / "b/c.css").write_text(".a{c:url(../i.png) url(data:,x)}")
    others = link.format("", "other.css")
    (tmp_path / "deep/other.html").write_text(others)
    combine(tmp_path)
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.read_text() == ".a{b:c}\n.a{c:url(i.png) url(data:,x)}"
    for page, root in pages.items():
        text = (tmp_path / page).read_text()
        assert re.findall('href="([^"]*)"', text) == [f"{root}{sheet.name}"]
    assert (tmp_path / "deep/other.html").read_text() == others


def test_no_rule_is_lost_however_it_is_written(tmp_path):
    (tmp_path / "index.html").write_text('<link rel="stylesheet" href="a.css">')
    rules = r".a:is(.b:not(:has(.c:is(.d)))){e:f} .md\:x{e:f}"
    (tmp_path / "a.css").write_text(rules)
    combine(tmp_path)
    assert next(tmp_path.glob("style.*.css")).read_text() == rules
