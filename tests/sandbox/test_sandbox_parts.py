"""Small parts of the sandbox that are easier to see alone."""

import pytest

from deployments.sandbox.chance import chance
from deployments.sandbox.moodle.arguments import nested
from deployments.sandbox.moodle.cleaning import clean_html
from deployments.sandbox.moodle.multipart import Part, read_parts
from deployments.sandbox.turnout import Turnout


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>a<!-- c -->b</p>", "<p>ab</p>"),
        ('<p class="x" data-y="1" aria-label="z" id="i">a</p>', '<p class="x" id="i">a</p>'),
        ('<span class="ref"></span><div class="ref"></div>', '<span class="ref"></span><div class="ref"></div>'),
        ("<section><details>a</details></section>", "a"),
        ("<script>alert(1)</script><style>p{}</style>b", "b"),
        ('<a href="zoommtg://x">a</a>', "<a>a</a>"),
        ('<a href="https://x/?a=1&b=2">a</a>', '<a href="https://x/?a=1&amp;b=2">a</a>'),
        (
            '<a href="https://x" target="_blank">a</a>',
            '<a href="https://x" target="_blank" rel="noreferrer noopener">a</a>',
        ),
        ('<p style="color: red; display: none">a</p>', '<p style="color: red">a</p>'),
        ('<p style="position: fixed" onclick="x()">a</p>', "<p>a</p>"),
        ("ab&amp;&lt;c9", "ab&amp;&lt;c9"),
        ("a<br>b", "a<br />b"),
    ],
)  # fmt: skip
def test_clean_html(raw: str, clean: str) -> None:
    assert clean_html(raw) == clean


def test_php_arguments() -> None:
    pairs = [("events[0][name]", "a"), ("events[1][name]", "b"), ("x", "1")]

    assert nested(pairs) == {"events": {"0": {"name": "a"}, "1": {"name": "b"}}, "x": "1"}


def test_multipart_keeps_every_byte() -> None:
    content = b"\x00\r\n\r\n--c \xff\r\n"
    body = (
        b'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\nt\r\n'
        b"--b\r\nContent-Disposition: form-data; name=\"f\"; filename*=utf-8''pl%C4%81ns.pdf\r\n"
        b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--b--\r\n"
    )

    assert read_parts("multipart/form-data; boundary=b", body) == [
        Part("token", None, b"t"),
        Part("f", "plāns.pdf", content),
    ]
    assert read_parts("text/plain", body) == []


def test_chance_is_the_same_everywhere() -> None:
    assert chance("a", 1) == 0.5141306901658262
    assert chance("a", 1) != chance("a", 2)


def test_turnout_follows_the_groups_that_are_named() -> None:
    turnout = Turnout({"DT-1": 30, "DT-11": 500}, random=1)

    turnout.learn("81000000001", "Grupas: DT-1")
    turnout.learn("81000000002", "nothing known")

    assert 18 <= turnout.of("81000000001") <= 30
    assert 3 <= turnout.of("81000000002") <= 9
