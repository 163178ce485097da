"""Any bytes at all in a graph file get an answer: findings or one error, never a crash, never a hang.

The texts in `tests/corpus/` are where the mutations start, here and in `scripts/fuzz`.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.check import checked_text, grouped, plan_of
from kg.errors import DataError
from kg.finding_formats import FORMATS, Report

from .conftest import HEAD, ROOT, Run

Write = Callable[..., Path]

CORPUS = [path.read_bytes() for path in sorted((ROOT / "tests" / "corpus").glob("*.ttl"))]
DAY = date(2026, 11, 22)
PIECES = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\uD800", b"\\u0000", b"\\U0010FFFF",
    b'"', b"'", b'"""', b"<", b">", b"[", b"]", b"(", b")", b"<<", b">>", b"_:b", b"@prefix", b"@base",
    b".", b";", b",", b"\r", b"\n", b"#", b"{", b"}", b"a", b"kg:Claim", b"^^xsd:date", b"@en", b"1e400",
]  # fmt: skip


PLAN = plan_of()


def answered(text: bytes) -> None:
    """Fails unless a check of the text answers, and every format can tell the answer."""
    try:
        answer = checked_text(text, "x.ttl", PLAN, DAY)
    except DataError as error:
        if not str(error).startswith("x.ttl:"):
            pytest.fail(f"an error that names no place: {error}")
        return
    lines = len(text.splitlines())
    assert not [each for each in answer.findings if each.rule in {"rule-broken", "rule-timeout"}]
    assert all(1 <= each.line <= max(lines, 1) for each in answer.findings)
    told = tuple(grouped(answer.findings))
    for form in FORMATS.values():
        form(Report(("x.ttl",), PLAN.rules, told, answer.suppressed))


@pytest.mark.parametrize("text", CORPUS)
def test_the_corpus_is_answered(text: bytes) -> None:
    answered(text)


@settings(max_examples=40, deadline=None)
@given(text=st.binary(max_size=300))
@example(b"\0")
@example(b"#\x80")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe@\x00p\x00")
def test_any_bytes_are_answered(text: bytes) -> None:
    answered(text)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_mutated_turtle_is_answered(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(CORPUS))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 12, len(text))))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=3))
        text = text[:start] + piece + text[end:]
    answered(text)


@settings(max_examples=40, deadline=None)
@given(
    subject=st.sampled_from(["ent:a", "_:a", "kg:Claim", "<urn:x>"]),
    label=st.text(max_size=20),
    number=st.integers() | st.floats(),
)
def test_any_value_in_a_record_is_answered(subject: str, label: str, number: float) -> None:
    spelled = "".join(f"\\U{ord(char):08X}" for char in label if not 0xD800 <= ord(char) <= 0xDFFF)
    text = (
        f'{subject} a kg:Entity , kg:Claim ; rdfs:label "{spelled}" ; kg:kind "{spelled}" ;'
        f' kg:sampleSize "{number}"^^xsd:integer ; kg:effectValue "{number}"^^xsd:decimal .'
    )
    answered((HEAD + text).encode())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(b"\0", 2, id="NUL"),
        pytest.param(b"\n# caf\xe9\n<http://a> a <http://b> .", 2, id="another encoding, in a comment"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\xff", 2, id="a picture"),
        pytest.param((HEAD + "ent:a a kg:Claim .").encode("utf-16"), 2, id="UTF-16"),
        pytest.param(HEAD + 'ent:a rdfs:label "\\uD800" .', 2, id="lone surrogate"),
        pytest.param("<a> <b> <c> .", 2, id="relative addresses"),
        pytest.param(HEAD + 'ent:a rdfs:label """never closed', 2, id="open literal"),
        pytest.param(HEAD + "ent:a a " + " , ".join(["kg:Claim"] * 2000) + " .", 1, id="long line"),
        pytest.param(HEAD + f'ent:a a kg:Claim ; kg:kind "{"x" * 1_000_000}" .', 1, id="long literal"),
        pytest.param(
            HEAD + "ent:a kg:about " + "[ kg:about " * 5000 + "1" + " ]" * 5000 + " .",
            None,
            id="deep brackets",
        ),
        pytest.param(
            HEAD + "ent:a a kg:Claim ; kg:about " + "(" * 5000 + ")" * 5000 + " .", 1, id="deep lists"
        ),
        pytest.param((HEAD + "ent:a a kg:Claim .").replace("\n", "\r"), 1, id="old line ends"),
        pytest.param(HEAD + "kg:Claim rdfs:subClassOf kg:Entity . kg:Entity rdfs:subClassOf kg:Claim . ent:a a kg:Claim .", 1, id="circle of classes"),
    ],
)  # fmt: skip
def test_the_real_command_answers(
    run: Run, write: Write, text: str | bytes, code: int | None
) -> None:
    path = write("x.nt", text if isinstance(text, bytes) else text.encode())
    ended = run("check", path)
    assert ended.returncode in ({0, 1} if code is None else {code})
    assert "Traceback" not in ended.stderr
    assert "panicked" not in ended.stderr
    assert "[rule-" not in ended.stdout
