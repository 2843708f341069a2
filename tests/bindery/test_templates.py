"""A theme's templates are listed quickly, and compiled once; anew when one has changed."""

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from bindery.templates import Compiled, Visible, ahead

THEME = {
    "main.html": "{% extends 'base.html' %}{% block b %}{% include 'part.html' %}{% endblock %}",
    "base.html": "{% if 0 %}{% include 'gone.html' %}{% include 'odd.html' %}{% endif %}"
    "<p>{% block b %}{% endblock %}</p>",
    "odd.html": "{% tag of an extension that is not here %}",
    "part.html": "{{ 1 + 1 }}",
}


def fresh(theme, compiled):
    environment = Environment(loader=DictLoader(theme))
    environment.bytecode_cache = compiled
    return environment


def test_what_a_page_is_made_with_is_compiled_ahead(monkeypatch):
    compiled = Compiled()
    ahead(fresh(THEME, compiled), "main.html")
    later = fresh(THEME, compiled)
    monkeypatch.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert later.get_template("main.html").render() == "<p>2</p>"


def test_a_template_that_has_changed_is_compiled_anew():
    compiled = Compiled()
    ahead(fresh(THEME, compiled), "main.html")
    edited = fresh(THEME | {"part.html": "{{ 2 + 1 }}"}, compiled)
    assert edited.get_template("main.html").render() == "<p>3</p>"


def test_of_a_theme_all_is_listed_but_what_is_hidden(tmp_path):
    for name in ("main.html", "a/deep/sheet.css", ".icons/a/one.svg", "a/.git/two", "a/.three"):
        (tmp_path / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "theme" / name).touch()
    (tmp_path / "own").mkdir()
    (tmp_path / "own/main.html").touch()
    folders = [tmp_path / "own", tmp_path / "theme"]
    listed = FileSystemLoader(folders).list_templates()
    assert Visible(folders).list_templates() == [n for n in listed if "/." not in f"/{n}"]
