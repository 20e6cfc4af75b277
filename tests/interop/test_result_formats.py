"""Verdicts as Gradescope's results.json, JUnit XML and CTRF, held to what those formats require."""

from __future__ import annotations

import json
import math
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Assignment, Exercise, Finding, Manifest, Measured, Outcome, Reason, Verdict
from autograder.course.written import written_finding
from autograder.errors import AutograderError
from autograder.interop.results import (
    Shown,
    as_json,
    ctrf_document,
    gradescope_results,
    junit_xml,
    replace_file,
    write_results,
)

ASSIGNMENT = Assignment(
    slug="04-softmax-classifier",
    root=Path("assignments/04-softmax-classifier"),
    manifest=Manifest(
        title="A softmax classifier",
        exercises=(
            Exercise(name="softmax", title="Scores become probabilities", points=5),
            Exercise(name="train", title="A classifier of digits", points=6),
            Exercise(name="why", title="Why it works", points=3),
        ),
    ),
)
SECRET = "hidden/test_train.py:31: expected = 0.125"
FINDINGS = (
    Finding(check="test_shape", exercise="softmax", outcome=Outcome.PASSED, points=1, max_points=1, public=True),
    Finding(
        check="test_huge_scores",
        exercise="softmax",
        outcome=Outcome.FAILED,
        reason=Reason.NOT_FINITE,
        max_points=4,
        message="The answer holds NaN.",
        diagnosis="You exponentiate without a shift.",
        hint="Subtract the maximum.",
        detail="line 3, in softmax",
        seconds=0.25,
    ),
    Finding(
        check="test_generalises",
        exercise="train",
        outcome=Outcome.FAILED,
        reason=Reason.BELOW_THRESHOLD,
        points=2.5,
        max_points=4,
        measured=(
            Measured(name="accuracy", value=0.91, low=0.88, high=0.94, full=0.94, half=0.88, examples=450),
            Measured(name="loss", value=0.3, low=0.3, high=0.3, full=0.2, half=0.5, larger_is_better=False),
            Measured(name="accuracy", value=0.93, low=0.9, high=0.96, full=0.94, half=0.88, examples=450, run=2),
        ),
    ),
    Finding(
        check="test_seeds",
        exercise="train",
        outcome=Outcome.BROKEN,
        reason=Reason.CHECK_ERROR,
        max_points=2,
        message=SECRET,
        detail=SECRET,
    ),
    written_finding("why", 3, "Because."),
)
VERDICT = Verdict(
    submission="ada",
    digest="ab" * 32,
    assignment=ASSIGNMENT.slug,
    version="0123456789ab",
    seed=7,
    isolation="uid",
    seconds=1.5,
    findings=FINDINGS,
)
VISIBILITY = {"enum": ["visible", "hidden", "after_due_date", "after_published"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
GRADESCOPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tests"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "dependentRequired": {"score": ["max_score"], "max_score": ["score"]},
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": FORMAT,
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": FORMAT,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": VISIBILITY,
                    "extra_data": {},
                },
            },
        },
        "leaderboard": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "value"],
                "properties": {
                    "name": {"type": "string"},
                    "value": {"type": ["number", "string"]},
                    "order": {"enum": ["asc", "desc"]},
                },
            },
        },
    },
}
"""What Gradescope documents."""
COUNTS = ("tests", "passed", "failed", "skipped", "pending", "other", "start", "stop")
CTRF = {
    "type": "object",
    "required": ["results", "reportFormat", "specVersion"],
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "results": {
            "type": "object",
            "required": ["tool", "summary", "tests"],
            "additionalProperties": False,
            "properties": {
                "tool": {"required": ["name"]},
                "summary": {
                    "required": list(COUNTS),
                    "additionalProperties": False,
                    "properties": {name: {"type": "integer"} for name in COUNTS},
                },
                "tests": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "status", "duration"],
                        "additionalProperties": False,
                        "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "status": {"enum": ["passed", "failed", "skipped", "pending", "other"]},
                            "duration": {"type": "integer"},
                            "suite": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                            "message": {"type": "string"},
                            "trace": {"type": "string"},
                            "rawStatus": {"type": "string"},
                            "tags": {"type": "array", "items": {"type": "string"}},
                            "extra": {"type": "object"},
                        },
                    },
                },
            },
        },
    },
}
"""What its schema requires of the parts that we write."""
# Of Jenkins' junit-10.xsd: the attributes and the children, in order, of what we write.
JUNIT_ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "assertions", "time", "status"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}
JUNIT_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out", "system-err"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure", "system-out", "system-err"},
}


def require_junit(content: bytes) -> ET.Element:
    root = ET.fromstring(content)
    for element in root.iter():
        assert set(element.keys()) <= JUNIT_ATTRIBUTES[element.tag], element.tag
        assert {child.tag for child in element} <= JUNIT_CHILDREN.get(element.tag, set()), element.tag
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[count]) == sum(case.find(tag) is not None for case in cases)
        assert all(case.get("name") and case.get("classname") for case in cases)
    return root


def test_results_json_is_what_gradescope_documents() -> None:
    document = gradescope_results(ASSIGNMENT, FINDINGS, Shown(), output="so far", seconds=1.5)
    jsonschema.validate(document, GRADESCOPE)


def test_the_scores_of_results_json_add_up_to_the_verdict_without_what_waits_for_a_person() -> None:
    document = gradescope_results(ASSIGNMENT, FINDINGS, Shown())
    tests = [test for test in document["tests"] if "score" in test]  # type: ignore[attr-defined]
    assert sum(test["score"] for test in tests) == VERDICT.points
    assert sum(test["max_score"] for test in tests) == VERDICT.max_points - VERDICT.pending_points


def test_hidden_checks_are_shown_when_the_instructor_says_so_and_public_ones_always() -> None:
    for visibility in ("visible", "hidden", "after_due_date", "after_published"):
        document = gradescope_results(ASSIGNMENT, FINDINGS, Shown(hidden_checks=visibility))
        seen = [test["visibility"] for test in document["tests"]]  # type: ignore[attr-defined]
        assert seen == ["visible", visibility, visibility, visibility, "visible"]


def test_the_leaderboard_holds_the_last_value_of_each_quantity_and_which_way_is_better() -> None:
    document = gradescope_results(ASSIGNMENT, FINDINGS, Shown())
    assert document["leaderboard"] == [
        {"name": "A classifier of digits: accuracy", "value": 0.93},
        {"name": "A classifier of digits: loss", "value": 0.3, "order": "asc"},
    ]
    assert "leaderboard" not in gradescope_results(ASSIGNMENT, FINDINGS, Shown(leaderboard=False))


def test_where_only_a_person_gives_points_the_document_has_the_score_that_gradescope_asks_for() -> None:
    assert gradescope_results(ASSIGNMENT, FINDINGS[-1:], Shown())["score"] == 0
    assert "score" not in gradescope_results(ASSIGNMENT, FINDINGS, Shown())


def test_junit_is_in_the_dialect_that_jenkins_reads() -> None:
    root = require_junit(junit_xml(ASSIGNMENT, [VERDICT, msgspec.structs.replace(VERDICT, submission="bob")]))
    assert [suite.get("name") for suite in root] == ["ada", "bob"]
    assert root.get("tests") == "10"
    assert root.get("errors") == "2"
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "The answer holds NaN."
    assert failure.text is not None
    assert "line 3, in softmax" in failure.text
    assert "Subtract the maximum." in failure.text


def test_the_same_verdicts_give_the_same_junit_bytes() -> None:
    assert junit_xml(ASSIGNMENT, [VERDICT]) == junit_xml(ASSIGNMENT, [VERDICT])


def test_ctrf_is_what_its_schema_requires() -> None:
    document = ctrf_document(ASSIGNMENT, [VERDICT], stop_ms=1_800_000_000_000)
    jsonschema.validate(document, CTRF)
    summary = document["results"]["summary"]  # type: ignore[index]
    counts = ("tests", "passed", "failed", "pending", "other")
    assert [summary[name] for name in counts] == [5, 1, 2, 1, 1]
    assert summary["stop"] - summary["start"] == 1500


@pytest.mark.parametrize(
    "content",
    [
        as_json(gradescope_results(ASSIGNMENT, FINDINGS, Shown("visible"))),
        junit_xml(ASSIGNMENT, [VERDICT]),
        as_json(ctrf_document(ASSIGNMENT, [VERDICT], stop_ms=0)),
    ],
    ids=["gradescope", "junit", "ctrf"],
)
def test_what_a_broken_check_says_is_told_nobody(content: bytes) -> None:
    assert b"could not be judged" in content
    assert b"0.125" not in content


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=200))
def test_no_text_of_a_students_breaks_a_format(name: str, text: str) -> None:
    hostile = Finding(
        check=f"test_{name}",
        exercise=name,
        outcome=Outcome.FAILED,
        message=text,
        detail=text,
        hint=text,
        max_points=1,
    )
    verdict = msgspec.structs.replace(VERDICT, submission=name, findings=(hostile, *FINDINGS))
    require_junit(junit_xml(ASSIGNMENT, [verdict]))
    jsonschema.validate(json.loads(as_json(ctrf_document(ASSIGNMENT, [verdict], stop_ms=0))), CTRF)
    jsonschema.validate(json.loads(as_json(gradescope_results(ASSIGNMENT, verdict.findings, Shown()))), GRADESCOPE)


def test_no_student_names_a_file_outside_the_folder_of_results(tmp_path: Path) -> None:
    names = ["../../etc/passwd", "ada", "Ada", "", "a" * 400, "con\0.json"]
    verdicts = [msgspec.structs.replace(VERDICT, submission=name) for name in names]
    written = write_results(ASSIGNMENT, verdicts, tmp_path / "out", Shown())
    assert len({path.name.casefold() for path in written}) == len(names)
    assert sorted(tmp_path.rglob("*.json")) == sorted(written)
    assert all(path.parent == tmp_path / "out" for path in written)


def test_a_number_that_json_does_not_have_is_refused_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"score": math.nan})


def test_a_file_that_cannot_be_written_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(AutograderError) as raised:
        replace_file(tmp_path / "nowhere" / "junit.xml", b"")
    assert raised.value.code == "not-writable"
    assert "nowhere" in raised.value.where[0].path
