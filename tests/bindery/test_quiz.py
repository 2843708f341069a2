"""A fold of the class `quiz` becomes a sentence to judge, and a fold with its answer."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from bindery.markdown.quiz import Quiz
from darkroom.errors import Mistake

FOLD = """<details class="quiz" markdown="1">
<summary markdown="span">“The *sky* is green.”</summary>

**Wrong, mostly.**
It is blue.

</details>
"""


def page(text):
    extensions = ["md_in_html", "pymdownx.details", Quiz()]
    return BeautifulSoup(Markdown(extensions=extensions).convert(text), "html.parser")


def test_the_sentence_is_asked_with_three_choices_and_the_answer_stays_a_fold():
    question = page(FOLD).select_one("div.quiz")
    assert question.legend.decode_contents() == "“The <em>sky</em> is green.”"
    choices = [radio["value"] for radio in question.select("fieldset input[type=radio]")]
    assert choices == ["right", "half", "wrong"]
    assert [label.get_text(strip=True) for label in question.find_all("label")] == [
        "Right",
        "Half right",
        "Wrong",
    ]
    assert "It is blue." in question.select_one("details > p").get_text()
    assert question.select_one("p[role=status]").get_text() == ""


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("**Right.**", "right"),
        ("**Right, and well known.**", "right"),
        ("**Half right.**", "half"),
        ("**Half right, and seldom for the reason given.**", "half"),
        ("**Wrong in size.**", "wrong"),
    ],
)
def test_the_first_words_of_the_answer_are_the_verdict(words, verdict):
    question = page(FOLD.replace("**Wrong, mostly.**", words)).select_one(".quiz")
    assert question["data-verdict"] == verdict


def test_the_other_way_to_write_a_fold_will_do():
    question = page('??? quiz "The sky is green."\n    **Wrong.** It is blue.\n').select_one(
        ".quiz"
    )
    assert question.legend.get_text() == "The sky is green."
    assert question["data-verdict"] == "wrong"


def test_questions_are_numbered_and_the_score_stands_behind_the_last():
    soup = page(f"{FOLD}\n## Between\n\n{FOLD}\nAfter.\n")
    assert [question["id"] for question in soup.select(".quiz")] == ["quiz-1", "quiz-2"]
    assert len({radio["name"] for radio in soup.select("input")}) == 2
    score = soup.select_one(".score")
    assert score.find_previous_sibling()["id"] == "quiz-2"
    assert score.find_next_sibling().get_text() == "After."


def test_other_folds_stay_as_they_are():
    soup = page(FOLD.replace('class="quiz"', 'class="proof"'))
    assert soup.select_one("details.proof > summary") and not soup.select(".quiz, .score, input")


@pytest.mark.parametrize("words", ["Wrong.", "**True.**", "*Wrong.*"])
def test_an_answer_without_a_verdict_is_told_with_its_sentence(words):
    with pytest.raises(Mistake, match=r"“The .*sky.* is green\.” begins with none of \*\*Right\."):
        page(FOLD.replace("**Wrong, mostly.**", words))
