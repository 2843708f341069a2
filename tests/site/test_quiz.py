"""The quiz at work: judged by pointer and by keys, counted, begun again; a fold without scripts."""

import re

import promises
import pytest
import visits

QUIZ = "over-claims/"


@pytest.fixture
def quiz(tab, address):
    page = tab(viewport={"width": 1280, "height": 800})
    page.goto(address + QUIZ, wait_until="networkidle")
    return page


def choose(page, number, choice):
    """Click on a choice; what the reader is told."""
    question = page.locator(f"#quiz-{number}")
    question.get_by_label(choice, exact=True).click()
    return told(question)


def told(question):
    status = question.locator("[role=status]")
    status.filter(has_text=re.compile(r"\w")).wait_for()
    return status.inner_text()


def score(page):
    return page.locator(".score p").inner_text()


def test_every_sentence_of_the_page_is_asked_with_the_verdict_of_its_answer(pages):
    source = (promises.DOCS / "over-claims.md").read_text(encoding="utf-8")
    questions = pages[QUIZ].select(".quiz")
    assert len(questions) == len(re.findall(r"class=\"quiz\"|^\?\?\? quiz", source, re.M)) > 10
    for question in questions:
        words = question.select_one("details > p > strong").get_text().lower()
        assert words.startswith(question["data-verdict"])


def test_a_choice_opens_the_answer_and_tells_the_verdict(quiz):
    assert score(quiz) == f"{quiz.locator('.quiz').count()} sentences to judge."
    assert quiz.locator("#quiz-1 details > p").first.is_hidden()
    assert choose(quiz, 1, "Wrong") == "Yes, it is wrong. So far 1 of 1."
    assert quiz.locator("#quiz-1 details > p").first.is_visible()
    assert choose(quiz, 2, "Half right") == "You chose half right; it is wrong. So far 1 of 2."
    left = quiz.locator(".quiz").count() - 2
    assert score(quiz) == f"1 of 2 judged correctly, {left} to go."


def test_a_second_thought_does_not_count(quiz):
    choose(quiz, 1, "Right")
    assert quiz.locator("#quiz-1").get_by_label("Wrong").is_disabled()
    quiz.locator("#quiz-1 summary").click()
    quiz.locator("#quiz-1 summary").click()
    assert score(quiz).startswith("0 of 1 ")


def test_an_answer_that_was_opened_without_a_choice_does_not_count(quiz):
    quiz.locator("#quiz-3 summary").click()
    assert told(quiz.locator("#quiz-3")) == (
        "It is wrong. Opened without a choice, it does not count."
    )
    assert choose(quiz, 1, "Wrong").endswith("So far 1 of 1.")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_wander_over_the_choices_before_one_decides(quiz, key):
    quiz.locator("#quiz-1 input").first.focus()
    quiz.keyboard.press("ArrowDown")
    quiz.keyboard.press("ArrowDown")
    assert quiz.locator("#quiz-1").get_by_label("Wrong").is_checked()
    assert quiz.locator("#quiz-1 details > p").first.is_hidden()
    quiz.keyboard.press(key)
    assert told(quiz.locator("#quiz-1")) == "Yes, it is wrong. So far 1 of 1."
    assert quiz.evaluate("document.activeElement.value") == "wrong"


def test_the_answer_itself_takes_the_choice_too(quiz):
    quiz.locator("#quiz-1 input").first.focus()
    quiz.keyboard.press("ArrowDown")
    quiz.keyboard.press("Tab")
    quiz.keyboard.press("Enter")
    assert told(quiz.locator("#quiz-1")) == "You chose half right; it is wrong. So far 0 of 1."


def test_all_can_be_judged_and_begun_again(quiz, pages):
    choices = {"right": "Right", "half": "Half right", "wrong": "Wrong"}
    verdicts = [question["data-verdict"] for question in pages[QUIZ].select(".quiz")]
    for number, verdict in enumerate(verdicts, 1):
        choose(quiz, number, choices[verdict])
    assert score(quiz) == f"{len(verdicts)} of {len(verdicts)} judged correctly."
    quiz.get_by_role("button", name="Start again").click()
    assert score(quiz) == f"{len(verdicts)} sentences to judge."
    assert not quiz.locator(".quiz :checked, .quiz :disabled, .quiz details[open]").count()
    assert quiz.evaluate("document.activeElement.closest('.quiz').id") == "quiz-1"
    assert choose(quiz, 1, "Wrong") == "Yes, it is wrong. So far 1 of 1."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_what_was_judged(tab, address, scheme):
    page = tab(viewport={"width": 320, "height": 800}, color_scheme=scheme)
    page.goto(address + QUIZ, wait_until="networkidle")
    choose(page, 1, "Wrong")
    choose(page, 2, "Right")
    assert not list(visits.accessible(page))
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_verdict_is_told_by_more_than_colour(quiz):
    choose(quiz, 2, "Right")
    marks = quiz.evaluate(
        "[...document.querySelectorAll('#quiz-2 label')].map(l => getComputedStyle(l, '::after')"
        ".content.split(' ')[0])"
    )
    assert marks == ['"✗"', "none", '"✓"']


def test_without_scripts_there_is_nothing_to_choose_and_every_answer_opens(tab, address):
    page = tab(java_script_enabled=False)
    page.goto(address + QUIZ)
    assert page.locator(".quiz legend").first.is_visible()
    assert not page.locator(".quiz :is(label, input), .score").filter(visible=True).count()
    page.locator("#quiz-1 summary").click()
    assert page.locator("#quiz-1 details > p").first.is_visible()


def test_on_paper_stands_every_sentence_with_its_answer(quiz, pages):
    choose(quiz, 1, "Right")
    quiz.emulate_media(media="print")
    text = visits.paper(quiz)
    assert not list(visits.printed(text, pages[QUIZ]))
    assert "So far" not in text and "Start again" not in text
    controls = quiz.locator(".quiz :is(label, summary, [role=status]), .score")
    assert controls.count() and not controls.filter(visible=True).count()


def test_only_the_page_of_the_quiz_loads_its_script(pages):
    with_script = [n for n, p in pages.items() if p.select("script[src$='quiz.mjs']")]
    assert with_script == [QUIZ]
