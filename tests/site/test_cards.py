"""Notes, sources, letters and terms open where they stand, by pointer, key and finger."""

import pytest
import visits

PAGE = "valley/"
KINDS = [".letter", "p > .citation", ".footnote-ref"]


@pytest.fixture
def page(tab, address):
    page = tab(viewport={"width": 1280, "height": 800})
    page.goto(address + PAGE, wait_until="networkidle")
    page.mouse.move(0, 0)
    return page


def link(page, kind=".letter"):
    found = page.locator(f"article {kind}").first
    found.scroll_into_view_if_needed()
    page.evaluate("scrollBy({top: 200, behavior: 'instant'})")  # out of the header's way
    return found


def card(page):
    return page.locator("#card")


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_opens_at_a_pointer_and_stays_until_it_leaves_both(page, kind):
    link(page, kind).hover()
    card(page).wait_for()
    assert len(card(page).inner_text().split()) > 5
    card(page).hover()
    page.wait_for_timeout(400)  # longer than a pointer may stray
    assert card(page).is_visible()
    page.mouse.move(1270, 790)
    card(page).wait_for(state="hidden")


def test_a_pointer_that_passes_opens_nothing(page):
    link(page).hover()
    page.mouse.move(1270, 790)
    page.wait_for_timeout(400)
    assert card(page).is_hidden()


def test_escape_closes_a_card_wherever_the_pointer_is(page):
    link(page).hover()
    card(page).wait_for()
    page.keyboard.press("Escape")
    card(page).wait_for(state="hidden")
    page.locator("[aria-describedby=card]").wait_for(state="detached")


def test_a_card_says_what_the_table_and_the_bibliography_say(page, pages):
    letter = link(page)
    letter.hover()
    card(page).wait_for()
    row = pages["colophon/"].find(id=letter.get_attribute("href").partition("#")[2])
    meaning = row.select("td")[1].get_text()
    assert meaning in card(page).inner_text()
    page.keyboard.press("Escape")
    link(page, "p > .citation").hover()
    card(page).filter(has_text="We read").wait_for()
    assert "1998" in card(page).inner_text() and "Efficient BackProp" in card(page).inner_text()


def test_the_card_of_a_note_has_its_sources_and_no_way_back(page):
    note = page.locator(".footnote li:has(.citation)").first
    number = note.get_attribute("id")
    target = page.locator(f".footnote-ref[href='#{number}']").first
    target.scroll_into_view_if_needed()
    page.evaluate("scrollBy({top: 200, behavior: 'instant'})")
    target.hover()
    card(page).filter(has_text="We ").wait_for()
    assert "↩" not in card(page).inner_text() and not page.locator("#card [id]").count()
    assert note.is_visible(), "the list stays"


def test_keys_open_a_card_lead_into_it_and_out_again(page):
    link(page).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card(page).wait_for()
    assert page.locator(".letter[aria-describedby=card]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#card')")
    page.keyboard.press("Tab")
    card(page).wait_for(state="hidden")


def test_enter_follows_the_link(page):
    link(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/colophon/#letter-*")


@pytest.mark.parametrize("kind", KINDS)
def test_a_finger_opens_a_card_which_leads_on_to_the_list(tab, address, kind):
    page = tab(viewport={"width": 360, "height": 780}, has_touch=True)
    page.goto(address + PAGE, wait_until="networkidle")
    to = link(page, kind).evaluate("link => link.href")
    link(page, kind).tap()
    card(page).wait_for()
    assert page.url == address + PAGE
    box = card(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    card(page).get_by_role("link", name="In the list").tap()
    page.wait_for_url(to)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_a_card(tab, address, scheme):
    page = tab(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto(address + PAGE, wait_until="networkidle")
    for kind in KINDS:
        page.locator(f"article {kind}").first.focus()
        card(page).wait_for()
        covered = "undecided: color-contrast"  # by the card, whose own colours are the page's
        complaints = [c for c in visits.accessible(page) if not c.startswith(covered)]
        assert not complaints, kind
        assert card(page).is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.keyboard.press("Escape")


@pytest.mark.parametrize("without", ["scripts", "popovers"])
def test_without_scripts_or_popovers_all_are_links(tab, address, without):
    page = tab(java_script_enabled=without != "scripts")
    page.add_init_script("delete HTMLElement.prototype.popover")
    page.goto(address + PAGE, wait_until="networkidle")
    link(page).hover()
    page.wait_for_timeout(400)
    assert not page.locator("#card").count()
    link(page).click()
    page.wait_for_url("**/colophon/#letter-*")


def test_no_card_gets_onto_paper(page):
    link(page).hover()
    card(page).wait_for()
    page.emulate_media(media="print")
    assert card(page).is_hidden()


def test_every_letter_and_every_source_that_a_page_leads_to_has_its_card(pages):
    found = 0
    for name, soup in pages.items():
        for reference in soup.select("article :is(.letter, .term, .citation)"):
            anchor = reference["href"].partition("#")[2]
            place = soup.find(id=f"card-{anchor}") or soup.find(id=anchor)
            assert place, f"{name}: {anchor}"
            found += 1
    assert found > 50


def test_no_letter_is_linked_twice_on_a_page(pages):
    for name, soup in pages.items():
        letters = [reference.get_text() for reference in soup.select(".letter, .term")]
        assert len(letters) == len(set(letters)), name
