"""Canonical Turtle keeps every triple, every spelling and every comment, or refuses."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import turtle
from kg.errors import DataError

A = "@prefix ent: <https://w3id.org/hairkg/entity/> .\n@prefix kg: <https://w3id.org/hairkg/vocab/> .\n"


def canonical(text: str) -> str:
    return turtle.canonical(text.encode(), "x.ttl")


def test_a_block_has_one_line_per_triple_and_sorted_lines() -> None:
    text = A + "ent:b kg:order 2 , 1 ; a kg:Step . ent:a a kg:Claim ."
    assert canonical(text) == (
        "@prefix kg: <https://w3id.org/hairkg/vocab/> .\n"
        "@prefix ent: <https://w3id.org/hairkg/entity/> .\n"
        "\n"
        "ent:a a kg:Claim ;\n"
        ".\n"
        "\n"
        "ent:b a kg:Step ;\n"
        "    kg:order 1 ;\n"
        "    kg:order 2 ;\n"
        ".\n"
    )


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param("0.050", id="trailing zero"),
        pytest.param('"01"^^<http://www.w3.org/2001/XMLSchema#integer>', id="leading zero"),
        pytest.param('"1"^^<http://www.w3.org/2001/XMLSchema#boolean>', id="boolean as digit"),
        pytest.param(
            '"7"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>', id="derived type"
        ),
        pytest.param('"2026"^^<http://www.w3.org/2001/XMLSchema#gYear>', id="year"),
        pytest.param('"a\\"b\\\\c\\n\\td # no comment"', id="escapes"),
        pytest.param('"""long\n"quoted" text"""', id="long string"),
        pytest.param('"tak"@nb-no', id="language"),
        pytest.param("<http://example.org/a#b?c=d%20e>", id="foreign address"),
        pytest.param("<https://w3id.org/hairkg/entity/a/b>", id="local name that needs escaping"),
    ],
)
def test_the_spelling_of_a_value_survives(spelling: str) -> None:
    text = A + f"ent:a kg:remark {spelling} ."
    before = {quad.triple for quad in ox.parse(text.encode(), ox.RdfFormat.TURTLE)}
    after = {quad.triple for quad in ox.parse(canonical(text).encode(), ox.RdfFormat.TURTLE)}
    assert after == before


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.text(max_size=20)),
        min_size=1,
        max_size=12,
    )
)
def test_formatting_any_text_loses_nothing_and_formatting_twice_changes_nothing(
    rows: list[tuple[int, int, str]],
) -> None:
    text = "".join(
        f"<http://e/{s}> <http://p/{p}> {ox.Literal(value)} .\n" for s, p, value in rows
    ).encode()
    once = turtle.canonical(text)
    assert set(turtle.triples(once.encode())) == set(turtle.triples(text))
    assert turtle.canonical(once.encode()) == once


def test_comments_at_the_head_and_above_a_block_stay_with_it() -> None:
    text = (
        "# about the file\n"
        + A
        + "# about b\n# and more of it\nent:b a kg:Step .\nent:a a kg:Step ."
    )
    assert canonical(text) == (
        "# about the file\n\n"
        "@prefix kg: <https://w3id.org/hairkg/vocab/> .\n"
        "@prefix ent: <https://w3id.org/hairkg/entity/> .\n"
        "\nent:a a kg:Step ;\n.\n"
        "\n# about b\n# and more of it\nent:b a kg:Step ;\n.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ent:a a kg:Step ; # why\n kg:order 1 .", id="behind a triple"),
        pytest.param("ent:a a kg:Step ;\n# why\n kg:order 1 .", id="inside a block"),
        pytest.param("ent:a a kg:Step .\n# the end", id="after the last block"),
    ],
)
def test_a_comment_without_a_place_is_refused_rather_than_lost(text: str) -> None:
    with pytest.raises(DataError, match=r"x.ttl:\d+: a comment stands"):
        canonical(A + text)


def test_a_hash_inside_a_string_or_an_address_is_no_comment() -> None:
    assert "#" in canonical(A + 'ent:a kg:remark "5 # 6" ; kg:url <http://e/#x> .')


def test_a_blank_node_is_refused_because_nobody_could_point_at_it() -> None:
    with pytest.raises(DataError, match="blank node"):
        canonical(A + "ent:a kg:via [ a kg:Claim ] .")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(A + "ent:a a kg:Step\nent:b a kg:Step .", "x.ttl:4:1", id="missing dot"),
        pytest.param("foo:a a foo:b .", "x.ttl:1:", id="unknown prefix"),
        pytest.param("<http://a b> a <http://c> .", "x.ttl:1:", id="address with a space"),
    ],
)
def test_a_syntax_error_says_file_line_and_column(text: str, place: str) -> None:
    with pytest.raises(DataError) as caught:
        canonical(text)
    assert str(caught.value).startswith(place)


def test_bytes_that_are_no_text_are_an_error_and_not_a_crash() -> None:
    with pytest.raises(DataError, match=r"x.ttl:1:1: .*UTF-8"):
        turtle.canonical(b"\xff\xfe\x00", "x.ttl")


def test_a_comment_that_is_no_text_is_an_error_with_its_line() -> None:
    with pytest.raises(DataError, match=r"x.ttl:3:3: Invalid UTF-8 character encoding"):
        turtle.canonical(A.encode() + b"# \x80\nent:a a kg:Step .", "x.ttl")


def test_every_triple_is_found_on_its_own_line() -> None:
    text = canonical(A + "ent:b kg:order 1 ; kg:remark 'x\\ny' . ent:a a kg:Step .")
    lines = text.splitlines()
    for triple, place in turtle.places(text.encode()).items():
        line = lines[place.line - 1]
        assert str(triple.predicate).rpartition("/")[2].strip(">") in line or " a " in line
        assert line[: place.column - 1].strip() == ""
