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
def visit(browser, address, pages):
    """The page that has an explorable, with this one at work, in a browser with these options."""
    contexts = []

    def opened(name, **options):
        place = next(place for place in pages if pages[place].select_one(f"#{name} > .desk"))
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(address + place, wait_until="load")
        page.wait_for_selector(f"#{name}.playing")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_who_wants_no_motion_sees_none_that_was_not_asked_for(visit, name):
    page = visit(name, reduced_motion="reduce")
    assert not page.locator(f"#{name} [name=play]:visible").count()
    for field in page.locator(f"#{name} .desk input:visible").all():
        field.focus()
        page.keyboard.press("Space" if field.get_attribute("role") == "switch" else "ArrowUp")
        assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_leave_marks_handles_and_controls_visible(visit, name):
    page = visit(name, forced_colors="active")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for spot in ("svg[role=img] :is(path, circle, text):not(.paper)", ".handle:not(.bare)"):
        assert page.locator(f"#{name} {spot}").count()
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
    assert "reversals" in index and "ResetCopy" not in index
