"""A quiz: each fold of the class `quiz` is judged before it opens.

Its summary is a sentence, and its text begins with the verdict, `**Right.**`, `**Half right.**` or
`**Wrong.**`, in bold; what follows the first words is free. `quiz.mjs` counts; without scripts the
choices are not shown, and every answer stays a fold.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from darkroom.errors import Mistake

VERDICTS = {"right": "Right", "half": "Half right", "wrong": "Wrong"}  # in the order of choices
FaultsAt = Callable[[str], AbstractContextManager[None]]  # within: a fault has a text's line


class Quiz(Extension):
    """Choices before every fold of the class `quiz`, and the score behind the last."""

    def __init__(self, faults_at: FaultsAt = lambda _: nullcontext()) -> None:
        super().__init__()
        self.faults_at = faults_at

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        tree = Treeprocessor(md)
        tree.run = partial(self._set, md)  # type: ignore[method-assign]
        md.treeprocessors.register(tree, "bindery-quiz", 14)  # once the text within is set

    def _set(self, _md: Markdown, root: Element) -> None:
        last = None
        number = 0
        for parent in [*root.iter()]:
            for fold in parent.findall("details"):
                if "quiz" in fold.get("class", "").split():
                    number += 1
                    self._ask(fold, f"quiz-{number}")
                    last = parent, fold
        if last:
            parent, question = last
            parent.insert(list(parent).index(question) + 1, _score())

    def _ask(self, fold: Element, name: str) -> None:
        """Make of one fold a sentence with its choices, and a fold with the answer."""
        summary = fold.find("summary")
        sentence = "" if summary is None else "".join(summary.itertext()).strip("“”\"' \n")
        verdict = "wrong"
        with self.faults_at(sentence[:20]):
            verdict = _verdict(fold, sentence)
        answer = Element("details")
        SubElement(answer, "summary").text = "The answer"
        answer.extend(child for child in fold if child is not summary)
        choices = Element("fieldset")
        legend = SubElement(choices, "legend")
        if summary is not None:
            legend.text = summary.text
            legend.extend(summary)
        for value, words in VERDICTS.items():
            label = SubElement(choices, "label")
            radio = SubElement(label, "input", {"type": "radio", "name": name, "value": value})
            radio.tail = f" {words}"
        tail = fold.tail
        fold.clear()
        fold.tag = "div"
        fold.tail = tail
        fold.attrib |= {"class": "quiz", "id": name, "data-verdict": verdict}
        fold.append(choices)
        SubElement(fold, "p", {"role": "status"})
        fold.append(answer)


def _verdict(fold: Element, sentence: str) -> str:
    """What the first words of the answer say; the longest verdict that they begin with."""
    bold = fold.find("p/strong")
    said = "" if bold is None else "".join(bold.itertext())
    for value, words in VERDICTS.items():
        if said.startswith(words):
            return value
    known = ", ".join(f"**{words}.**" for words in VERDICTS.values())
    raise Mistake(f"the answer to “{sentence}” begins with none of {known}.")


def _score() -> Element:
    """Where the script writes how many were judged correctly."""
    score = Element("div", {"class": "score"})
    SubElement(score, "p")
    SubElement(score, "button", {"type": "button"}).text = "Start again"
    return score
