"""On the pages as they ship: what explorables promise, and the frame around them could break."""

from pathlib import Path

import pytest
from likeness import explorables

NAMES = explorables(Path(__file__).parents[2])
HIDDEN = """([root, paper]) => [...document.querySelectorAll(root)].filter(e => {
  const s = getComputedStyle(e), ring = getComputedStyle(e, '::after')
  return [s.fill, s.stroke, ring.borderTopColor].every(c => c === paper || c === 'none')
}).length"""


@pytest.fixture
def visit(tab, address, pages):
    """The page that has an explorable, with this one at work, in a browser with these options."""

    def opened(name, **options):
        place = next(place for place in pages if pages[place].select_one(f"#{name} > .desk"))
        page = tab(**options)
        page.clock.install(time=0)
        page.goto(address + place, wait_until="load")
        page.wait_for_selector(f"#{name}.playing")
        return page

    return opened


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_who_wants_no_motion_sees_none_that_was_not_asked_for(visit, name):
    page = visit(name, reduced_motion="reduce")
    figure = page.locator(f"#{name}")
    assert not figure.locator("[name=play]:visible").count()
    steps = '"step"' in figure.get_attribute("data-preset")
    assert figure.locator("[name=step]:visible").count() == steps
    page.clock.run_for(450)  # it has said what it shows
    before = figure.inner_html()
    page.clock.run_for(9000)
    assert figure.inner_html() == before
    for field in figure.locator(".desk :is(input, select):visible").all():
        field.focus()
        page.keyboard.press("Space" if field.get_attribute("role") == "switch" else "ArrowUp")
        assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_leave_marks_handles_and_controls_visible(visit, name):
    page = visit(name, forced_colors="active")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for spot, least in (
        ("svg[role=img] :is(path, circle, text):not(.paper)", 5),
        (".handle:not(.bare)", 1),
    ):
        assert page.locator(f"#{name} {spot}").count() >= least
        assert not page.evaluate(HIDDEN, [f"#{name} {spot}", paper])
    for control in page.locator(f"#{name} .desk :is(button, input[type=number], select)").all():
        if control.is_visible():
            assert control.evaluate("e => getComputedStyle(e).borderTopColor") != paper


@pytest.mark.parametrize("name", NAMES)
def test_a_desk_stands_ready_before_its_module_does(pages, name):
    desks = [desk for page in pages.values() for desk in page.select(f"#{name} > .desk")]
    assert desks
    assert all(desk.select("button[name=reset]") for desk in desks)


def test_no_search_finds_a_button(site):
    index = (site / "search.js").read_text(encoding="utf-8")
    assert "reversals" in index and "Copy as Python" not in index
