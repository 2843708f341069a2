"""A page allows what stands on it, and nothing else."""

import pytest

from bindery.pages.csp import with_policy

PAGE = (
    '<html><head><meta charset="utf-8"><style>b{color:red}</style></head><body>'
    '<script>document.title = "own"</script><script type="application/ld+json">{}</script>'
    '<table><tr><td style="text-align: right;">1</td></tr></table>'
    '<mtd class="a" style="margin:0">2</mtd>'
    '<mspace data-class="b" style="width:1em"/></body></html>'
)
PAGE_OF = '<html><head><meta charset="utf-8"></head><body>{}</body></html>'


def test_style_attributes_become_classes_of_one_sheet():
    page = with_policy(PAGE)
    assert "style=" not in page
    assert '<td class="style-0">' in page and '<mtd class="style-1 a">' in page
    assert (
        "<style>.style-0{text-align: right}.style-1{margin:0}.style-2{width:1em}</style></head>"
        in page
    )
    assert '<mspace data-class="b" class="style-2"/>' in page


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("<td style='color: red;'>", '<td class="style-0">'),
        ("<td style=color:red>", '<td class="style-0">'),
        ('<TD STYLE="color: red">', '<TD class="style-0">'),
        ("<td CLASS='a b' Style = 'color: red'>", '<td class="style-0 a b">'),
        ("<td class=a style=color:red>", '<td class="style-0 a">'),
        ('<td style="">', "<td>"),
        ('<td data-style="a" title="no style=b">', '<td data-style="a" title="no style=b">'),
        ("<img alt='a > b' style='color: red'/>", "<img alt='a > b' class=\"style-0\"/>"),
        ("<td style='font: 1em &quot;A&quot;'>", '<td class="style-0">'),
    ],
)
def test_a_style_attribute_becomes_a_class_however_it_is_written(tag, better):
    assert better in with_policy(PAGE_OF.format(tag))


def test_what_looks_like_a_style_attribute_in_code_stays():
    code = "<script>const a = '<b style=\"c\">'</script><!-- <b style='c'> -->"
    assert code in with_policy(PAGE_OF.format(code))


def test_a_style_keeps_its_quotes():
    page = with_policy(PAGE_OF.format("<td style='font: 1em &quot;A&quot;'>"))
    assert '<style>.style-0{font: 1em "A"}</style>' in page


def test_the_browser_runs_the_pages_own_code_and_refuses_what_is_planted(browser):
    page = browser.new_page()
    complaints = []
    page.on("console", lambda m: complaints.append(m.text))
    page.set_content(with_policy(PAGE))
    assert page.title() == "own" and not complaints
    assert page.evaluate("getComputedStyle(document.querySelector('td')).textAlign") == "right"
    planted = with_policy(PAGE).replace(
        "</body>", "<script>document.title = 'planted'</script></body>"
    )
    page.set_content(planted)
    assert page.title() == "own" and "Content Security Policy" in complaints[0]
    page.close()


@pytest.mark.parametrize(
    "rule",
    ["default-src 'none'", "form-action 'none'", "base-uri 'none'"]
    + [f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "connect")],
)
def test_nothing_comes_from_or_goes_to_another_host(rule):
    policy = with_policy(PAGE).partition("Content-Security-Policy")[2].partition("</")[0]
    assert rule in policy
    assert "http" not in policy and "unsafe" not in policy and "*" not in policy
