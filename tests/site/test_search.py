"""What a query finds: the functions themselves, on a few places; then the box, on the site."""

import pytest
from promises import DOCS

PLACES = [  # address, page, title, text
    [
        "",
        "Parallel parking",
        "Parallel parking",
        "Why zero-centred activations matter, and zigzags.",
    ],
    ["#walk", "Parallel parking", "The walk", "Steps zig-zag to the goal in 40,006 steps, or 2.5."],
    ["valley/", "One long valley", "One long valley", "A mean makes it. See the behaviour."],
    [
        "valley/#k",
        "One long valley",
        "Condition number",
        "Its sign is κ = 1 + d q, its axis a mean.",
    ],
    ["norm/", "Cures", "Cures, tested", "Normalisation by a batch norm; biases, matrices, bias."],
    ["sea/", "The sea", "The sea", "Nothing of it all, but Hinton’s grey model, modelling losses."],
    ["reference/", "API", "Condition", "The condition number, again: Σ and μ."],
]


@pytest.fixture(scope="module")
def module(browser):
    """Call a function of the script with arguments, in a browser."""
    page = browser.new_page()
    page.add_script_tag(path=DOCS / "theme/matching.js")

    def call(name, *arguments):
        return page.evaluate("([name, args]) => matching[name](...args)", [name, arguments])

    def find(query):
        script = """([query, places]) => {
          const {hits, every} = matching.found(matching.prepared(places), query)
          return [hits.map(({at}) => at), every] }"""
        return page.evaluate(script, [query, PLACES])

    call.find = find
    yield call
    page.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("why zero-centered activations zig zag", ""),
        ("zero centred", ""),
        ("zerocentered activation", ""),
        ("zig zag goal", "#walk"),
        ("zigzag goal", "#walk"),
        ("normalize", "norm/"),
        ("NORMALIZATION", "norm/"),
        ("batchnorm", "norm/"),
        ("batch-norm", "norm/"),
        ("behavior", "valley/"),
        ("matrix", "norm/"),
        ("norms", "norm/"),
        ("loss", "sea/"),
        ("axes", "valley/#k"),
        ("gray", "sea/"),
        ("modeling", "sea/"),
        ("hintons", "sea/"),
        ("Hinton's", "sea/"),
        ("kappa", "valley/#k"),
        ("κ", "valley/#k"),
        ("𝜅", "valley/#k"),
        ("sigma", "reference/"),
        ("μ", "reference/"),
        ("40006", "#walk"),
        ("40,006", "#walk"),
        ("2.5", "#walk"),
        ("valey", "valley/"),
        ("vallley", "valley/"),
        ("vallay", "valley/"),
        ("vlaley", "valley/"),
        ("condiiton nubmer", "valley/#k"),
        ("condition number", "valley/#k"),
        ("what is the condition number", "valley/#k"),
    ],
)
def test_a_query_finds_first(module, query, first):
    hits, every = module.find(query)
    assert hits[:1] == [first] and every


@pytest.mark.parametrize("query", ["xylophone", "", "  ", "?", "1907", "vaalay"])
def test_a_query_finds_nothing(module, query):
    hits, _ = module.find(query)
    assert not hits


def test_what_has_most_of_the_words_is_found_if_none_has_all(module):
    hits, every = module.find("xylophone valley")
    assert hits[0] == "valley/" and not every


def test_words_of_a_page_are_enough_if_no_part_has_them_all(module):
    hits, every = module.find("activations 40006")
    assert hits == [""] and every


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Zero-centred", " sero centered serocentered "),
        ("κ=1+dq", " kappa 1 dq "),
        ("40,006 and 1,5", " 40006 and 1 5 "),
        ("Centring central centres", " centering central centers "),
        ("ﬁne naïve", " fine naive "),
        ("hour, colour, resource", " hour, color, resorce ".replace(",", "")),
    ],
)
def test_a_text_as_its_words(module, text, plain):
    assert module("plain", text) == plain


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("centers", "… of these words, the centred ones"),
        ("κ", "… the centred ones, and κ = 2"),
        ("", "A text"),
        ("text", "A text"),
        ("xylophone", "A text"),
    ],
)
def test_what_is_shown_of_a_place_has_the_first_word_that_was_asked_for(module, query, begins):
    text = (
        "A text that begins with a good number of these words, the centred ones, and κ = 2 there."
    )
    assert module("excerpt", text, query).startswith(begins)


@pytest.mark.parametrize(
    ("typed", "word", "is_near"),
    [
        ("valey", "valley", True),
        ("vallley", "valley", True),
        ("vallay", "valley", True),
        ("vlaley", "valley", True),
        ("eigenvaleu", "eigenvalues", True),
        ("galley", "valley", True),
        ("vaalay", "valley", False),
        ("sign", "valley", False),
    ],
)
def test_one_slip_of_the_finger_and_no_more(module, typed, word, is_near):
    assert module("near", typed, word) is is_near


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("kappa", "valley/"),
        ("κ", "valley/"),
        ("normalization", "normalisation/"),
        ("batchnorm", "normalisation/"),
        ("optimizers", "optimisers/"),
        ("conditon number", "valley/"),
        ("Centered inputs", ""),
    ],
)
def test_the_site_is_found_by_words_as_people_spell_them(tab, address, query, at):
    page = tab()
    page.goto(f"{address}colophon/?q={query}")
    page.locator("dialog.search li").first.wait_for()
    found = [link.get_attribute("href") for link in page.locator("dialog.search li a").all()]
    assert any(place.startswith(address + at) for place in found[:5])


def test_the_box_says_that_no_place_has_all_the_words(tab, address):
    page = tab()
    page.goto(f"{address}colophon/?q=xylophone valley")
    status = page.locator("dialog.search [role=status]")
    status.filter(has_text="No place has all of these words").wait_for()
    assert page.locator("dialog.search li").count() > 1
