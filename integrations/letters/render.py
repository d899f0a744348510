"""Templates to words: Jinja2, strict, HTML escaped, its style sheet written into the tags once.

Every letter has a `.txt` template, whose first line is the subject, and a twin `.html`; both live
in a folder per language. What they share stands in `templates/`.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import css_inline
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, select_autoescape

from integrations.letters.words import WORDS
from integrations.presentation import one_line
from rules.people import Language

_TEMPLATES = files("integrations.letters") / "templates"
_TAG = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
_HIDDEN_TAG = re.compile(r"<!--({%.*?%}|{#.*?#})-->", re.DOTALL)


def render(name: str, language: Language, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML of the letter `name`; every name a template uses must be given."""
    environment = _environment(language)
    plain = environment.get_template(f"{name}.txt.j2").render(context)
    subject, _, text = plain.partition("\n")
    subject = one_line(subject)
    html = environment.get_template(f"{name}.html.j2").render(context, subject=subject)
    return subject, _tidy(text), html


def _tidy(text: str) -> str:
    """At most one empty line between paragraphs, none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


class _Loader(BaseLoader):
    """A language's own templates before the shared ones, with the style sheet inlined."""

    def __init__(self, language: Language) -> None:
        self._folders = (_TEMPLATES / language.value, _TEMPLATES)

    def get_source(self, environment: Environment, template: str) -> tuple[str, None, None]:  # noqa: ARG002  the loader's signature
        for folder in self._folders:
            file = folder / template
            if file.is_file():
                source = file.read_text(encoding="utf-8")
                return (_inlined(source) if template.endswith(".html.j2") else source), None, None
        raise TemplateNotFound(template)


def _inlined(source: str) -> str:
    """The template with its styles in `style` attributes, its Jinja tags untouched.

    An HTML parser moves text that stands between table rows out of the table. So tags travel as
    comments, which may stand anywhere.
    """
    css = (_TEMPLATES / "letter.css").read_text(encoding="utf-8")
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=css)
    hidden = _TAG.sub(lambda tag: f"<!--{tag[0]}-->", source)
    whole = "<html" in source
    inlined = inliner.inline(hidden) if whole else inliner.inline_fragment(hidden, css)
    return _HIDDEN_TAG.sub(r"\1", inlined)


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=_Loader(language),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals.update(words=WORDS[language], language=language)
    return environment
