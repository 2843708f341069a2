"""Words that are worn, or no idiom: on no page and in no caption may there be more than there were.

`CEILINGS` is what each file had when the list was made. Whoever rewrites a file lowers its ceiling,
and a file that is not listed has none of them.
"""

import ast
import re
from collections import Counter

import pytest
from promises import ROOT

MEANT = r"(?:for|still|up|out|behind|in (?:for|front|the place))\b"  # after “stands”
WORN = {  # as told to authors → what is looked for, and what to write
    "stands": (rf"\bst(?:and|ood)s?\b(?! {MEANT})", "is, lies, or a verb that does it"),
    "tells that": (r"\b(?:tells?|told) that\b", "says that, shows that"),
    "dear": (r"\bdear(?:er|est|ly)?\b", "costly, expensive"),
    "less their mean": (r"\bless (?:its|their|the) means?\b", "minus, with the mean taken away"),
    "hands on": (r"\bhand(?:s|ed|ing)? on\b", "passes on"),
    "the like of": (r"\bthe likes? of\b", "such as"),
    "but for chance": (r"\bbut for chance\b", "apart from chance"),
    "endless": (r"\bendless(?:ly)?\b", "infinite, without end"),
    "that goes too": (r"\bgoes too\b", "that vanishes as well"),
    "simply": (r"\bsimply\b", "nothing"),
    "clearly": (r"\bclearly\b", "nothing, or the reason"),
    "just": (r"\bjust\b", "nothing, or only"),
    "obviously": (r"\bobvious(?:ly)?\b", "nothing, or the reason"),
}
CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|\{\{.*?\}\}|\]\([^)]*\)", re.DOTALL)
CEILINGS = {
    "docs/batches.md": {"stands": 1, "endless": 2},
    "docs/bias.md": {"stands": 1, "hands on": 1, "endless": 1},
    "docs/detour.md": {"stands": 2, "dear": 1},
    "docs/gallery.md": {"stands": 1},
    "docs/ledger.md": {"stands": 4},
    "docs/making.md": {"stands": 2},
    "docs/network.md": {"dear": 1, "hands on": 1},
    "docs/normalisation.md": {"stands": 1, "the like of": 1, "endless": 1},
    "docs/one-neuron.md": {"hands on": 2},
    "docs/one-number.md": {"endless": 1},
    "docs/over-claims.md": {"stands": 1, "endless": 1},
    "docs/scope.md": {"stands": 1, "endless": 2},
    "docs/sources.md": {"stands": 1},
    "docs/spectrum.md": {"stands": 1, "endless": 3},
    "docs/symptom.md": {"tells that": 2},
    "figures/depth.py": {"endless": 1},
    "figures/dose_response.py": {"dear": 1},
    "figures/locked_share.py": {"endless": 1},
    "figures/parking_or_walking.py": {"less their mean": 1},
    "figures/rotation_test.py": {"less their mean": 1},
    "figures/shifted_sigmoid.py": {"less their mean": 1},
    "figures/two_quadrants.py": {"but for chance": 1},
    "figures/two_ray_walk.py": {"stands": 3},
    "figures/valley.py": {"less their mean": 1},
}


def worn(text):
    """How often each worn word stands in a text, code and formulas left out."""
    prose = " ".join(CODE.sub(" ", text).split())
    found = {name: len(re.findall(pattern, prose, re.I)) for name, (pattern, _) in WORN.items()}
    return Counter({name: count for name, count in found.items() if count})


def texts():
    """The name of each page and figure, and its words: of a figure, its docstring."""
    for path in sorted((ROOT / "docs").glob("*.md")):
        yield f"docs/{path.name}", path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "figures").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield f"figures/{path.name}", ast.get_docstring(tree) or ""


def worse(name, text):
    """What a file has more of than its ceiling allows."""
    for word, count in (worn(text) - Counter(CEILINGS.get(name, {}))).items():
        yield f"{name}: {count} more of “{word}” than before; write {WORN[word][1]}"


def test_no_page_and_no_caption_has_more_worn_words_than_it_had():
    assert not [complaint for name, text in texts() for complaint in worse(name, text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The goal stands at 1.", "stands"),
        ("This tells that it is so.", "tells that"),
        ("Steps are dear here.", "dear"),
        ("inputs less\ntheir mean", "less their mean"),
        ("It hands on the error.", "hands on"),
        ("the like of a valley", "the like of"),
        ("But for chance, they agree.", "but for chance"),
        ("an endless walk", "endless"),
        ("The lock goes too.", "that goes too"),
        *((f"It is {word} so.", word) for word in ("simply", "clearly", "just", "obviously")),
    ],
)
def test_a_worn_word_is_noticed(text, word):
    assert worn(text) == {word: 1}
    assert list(worse("docs/new.md", text))


def test_code_formulas_numbers_and_other_words_are_not_worn():
    fine = "`just` $just$ {{ a.just }} [there](just.md) x stands in for it; adjust; just"
    assert worn(fine) == {"just": 1}
