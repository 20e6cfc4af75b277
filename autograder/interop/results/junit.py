"""Verdicts as JUnit XML: a suite for each student, a case for each check (the dialect that Jenkins and GitLab read)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET  # it only writes here

from autograder.course import Assignment, Finding, Outcome, Verdict
from autograder.course.text import number, one_line
from autograder.interop.results import said

_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""


def junit_xml(assignment: Assignment, verdicts: Iterable[Verdict]) -> bytes:
    """The document, UTF-8. Failed checks are failures, broken and lost ones errors, answers that wait are skipped.

    The same verdicts give the same bytes. Points stand in each case's output and in the suite's properties.
    """
    suites = [_suite(assignment, verdict) for verdict in verdicts]
    root = ET.Element("testsuites", {"name": _text(assignment.slug)})
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    root.set("time", _seconds(sum(float(suite.get("time", "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(assignment: Assignment, verdict: Verdict) -> ET.Element:
    outcomes = [finding.outcome for finding in verdict.findings]
    suite = ET.Element(
        "testsuite",
        {
            "name": _text(one_line(verdict.submission, limit=80)) or "(no name)",
            "tests": str(len(outcomes)),
            "failures": str(outcomes.count(Outcome.FAILED)),
            "errors": str(outcomes.count(Outcome.BROKEN) + outcomes.count(Outcome.LOST)),
            "skipped": str(outcomes.count(Outcome.PENDING)),
            "time": _seconds(verdict.seconds),
        },
    )
    properties = ET.SubElement(suite, "properties")
    facts = {
        "points": number(verdict.points),
        "max_points": number(verdict.max_points),
        "pending_points": number(verdict.pending_points),
        "digest": verdict.digest,
        "version": verdict.version,
        "isolation": verdict.isolation,
    }
    for name, value in facts.items():
        ET.SubElement(properties, "property", {"name": name, "value": _text(one_line(value))})
    suite.extend(_case(assignment, finding) for finding in verdict.findings)
    return suite


def _case(assignment: Assignment, finding: Finding) -> ET.Element:
    case = ET.Element(
        "testcase",
        {
            "classname": _text(f"{assignment.slug}.{one_line(finding.exercise)}"),
            "name": _text(said.heading(finding, assignment)),
            "time": _seconds(finding.seconds),
        },
    )
    told = {"message": _text(one_line(said.message(finding), limit=300)), "type": finding.reason or finding.outcome}
    if finding.outcome is Outcome.FAILED:
        ET.SubElement(case, "failure", told).text = _text(said.whole(finding))
    elif said.is_open(finding):
        ET.SubElement(case, "error", told)
    elif finding.outcome is Outcome.PENDING:
        ET.SubElement(case, "skipped", {"message": told["message"]})
    points = f"{number(finding.points)} of {number(finding.max_points)} points"
    ET.SubElement(case, "system-out").text = points
    return case


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _seconds(value: float) -> str:
    return f"{value:.3f}"
