"""A theme's templates are compiled once, and anew when one has changed."""

import pytest
from jinja2 import DictLoader, Environment

from bindery.templates import Compiled

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
    compiled.ahead(Environment(loader=DictLoader(THEME)), "main.html")
    later = fresh(THEME, compiled)
    monkeypatch.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert later.get_template("main.html").render() == "<p>2</p>"


def test_a_template_that_has_changed_is_compiled_anew():
    compiled = Compiled()
    compiled.ahead(Environment(loader=DictLoader(THEME)), "main.html")
    edited = fresh(THEME | {"part.html": "{{ 2 + 1 }}"}, compiled)
    assert edited.get_template("main.html").render() == "<p>3</p>"
