"""What takes long is made once, and again when anything has changed that it is made from."""

from pathlib import Path

import pytest

from bindery import cached as module
from bindery.cached import cached
from darkroom.cache import Cache

CALLS = []


def shouted(words: str) -> bytes:
    CALLS.append(words)
    return words.upper().encode()


def whispered(words: str) -> bytes:
    return words.lower().encode()


@pytest.fixture
def store(tmp_path):
    CALLS.clear()
    module._code.cache_clear()
    yield Cache(tmp_path)
    module._code.cache_clear()


def test_the_same_words_are_made_once(store):
    assert [cached(store, shouted, "Go") for _ in range(3)] == [b"GO"] * 3 and CALLS == ["Go"]


def test_other_words_and_other_makers_are_not_mistaken_for_them(store):
    made = (
        cached(store, shouted, "Go"),
        cached(store, shouted, "On"),
        cached(store, whispered, "Go"),
    )
    assert made == (b"GO", b"ON", b"go")


@pytest.mark.parametrize(("what", "value"), [("CODE", Path(__file__).parent), ("LIBRARIES", [])])
def test_other_code_or_libraries_make_it_again(store, monkeypatch, what, value):
    cached(store, shouted, "Go")
    monkeypatch.setattr(module, what, value)
    module._code.cache_clear()
    cached(store, shouted, "Go")
    assert CALLS == ["Go", "Go"]


def test_what_fails_is_not_kept_and_where_nothing_can_be_kept_it_is_made_again(store):
    with pytest.raises(AttributeError):
        cached(store, shouted, b"Go")
    store.folder.rmdir()
    store.folder.write_text("no folder")
    assert cached(store, shouted, "Go") == cached(store, shouted, "Go") == b"GO"
