"""Templates: all of them used, all of them readable, none with a style or script the CSP would refuse."""

import re

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from cchc_portal.serve import BASE_DIR
from cchc_portal.tests.tree import APPS, sources, templates

# Loaded by Django or a library by its name, so that no file of ours names them.
NAMED_ELSEWHERE = ("400.html", "403.html", "404.html", "500.html", "503.html", "bootstrap5/", "django/")
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
OUTSIDE = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
# The frame's own parts and the pager read the request.
WITHOUT_ONLY = re.compile(
    r"""\{%\s*include\s+["']components/(?!(?:header|messages|demo_banner|pager)\.html)(?![^%]*\bonly\s*%\})"""
)
UNSAFE = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off")
# The official layout is printed, never sent to a browser; mail programs need their styles in place; the page
# of maintenance is handed out by nginx alone, without the portal's policy or any other file.
NOT_FOR_BROWSERS = ("documents/", "email/", "503.html")


def _for_browsers():
    return {name: path for name, path in templates().items() if not name.startswith(NOT_FOR_BROWSERS)}


@pytest.mark.parametrize("name", templates())
def test_a_template_parses(name):
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        pytest.fail(f"{name}: {error}")


def _named() -> re.Pattern:
    """Matches every template name in a string of ours; `f"errors/{status}.html"` stands for all it can give."""
    texts = [path.read_text("utf-8") for app in (*APPS, "cchc_portal") for path in sources(app)]
    texts += [path.read_text("utf-8") for path in templates().values()]
    names = set(re.findall(r"""["']([\w./{}-]+\.(?:html|txt))["']""", "\n".join(texts)))
    return re.compile("|".join(re.sub(r"\\{.*?\\}", r"[\\w-]+", re.escape(name)) for name in names))


def test_no_template_is_unused():
    named = _named()
    unused = [name for name in templates() if not named.fullmatch(name) and not name.startswith(NAMED_ELSEWHERE)]
    assert not unused, "không nơi nào dùng: " + ", ".join(unused)


def _lines(pattern, files):
    return [
        f"templates/{name}:{number}: {line.strip()[:100]}"
        for name, path in files.items()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_style_or_script_is_written_inside_a_page():
    found = _lines(INLINE, _for_browsers())
    assert not found, "\n".join(found)


def test_nothing_is_fetched_from_another_server():
    found = _lines(OUTSIDE, _for_browsers())
    assert not found, "\n".join(found)


def test_no_template_switches_escaping_off():
    # Plain text needs none; a help text is our own constant, with links in it.
    files = {name: path for name, path in templates().items() if name.endswith(".html")}
    files.pop("bootstrap5/layout/help_text.html", None)
    found = _lines(UNSAFE, files)
    assert not found, "\n".join(found)


def test_a_component_gets_its_data_by_with_and_only():
    found = _lines(WITHOUT_ONLY, _for_browsers())
    assert not found, "\n".join(found)


def test_no_stylesheet_or_script_of_ours_fetches_from_another_server():
    found = [
        str(path.relative_to(BASE_DIR))
        for path in (BASE_DIR / "static").rglob("*")
        if path.suffix in (".css", ".js") and "vendor" not in path.parts
        if re.search(
            r"""url\(\s*["']?(?:https?:)?//|@import\s+["']?https?:|fetch\(["']https?:""", path.read_text("utf-8")
        )
    ]
    assert not found
