"""`check("softmax")` in the student's notebook: the public checks of a release, run on the names defined so far."""

from __future__ import annotations

import contextlib
import html
import io
import json
import secrets
import sys
from pathlib import Path
from typing import Any

from autograder.course import Finding, Outcome
from autograder.examiner.devices import NEEDS_GPU_HERE, NoGpu
from autograder.examiner.judge import judge, not_judged
from autograder.examiner.judgement import blame_value
from autograder.examiner.local import LocalProvider
from autograder.examiner.plugin import CollectionFailed, ExaminerPlugin, collect

_MARKS = dict.fromkeys(Outcome, "could not be judged") | {Outcome.PASSED: "passed", Outcome.FAILED: "not yet"}
_COLOURS = dict.fromkeys(Outcome, "#57606a") | {Outcome.PASSED: "#1a7f37", Outcome.FAILED: "#b35900"}


class CheckReport:
    """What the public checks said. Shows itself as text, and as HTML in a notebook."""

    def __init__(self, findings: tuple[Finding, ...], missing: str = "") -> None:
        self.findings = findings
        self._missing = missing

    def __repr__(self) -> str:
        if self._missing:
            return self._missing
        lines = []
        for f in self.findings:
            lines.append(f"{f.exercise}: {title(f)}: {_MARKS[f.outcome]}")
            lines += [f"    {text}" for text in (f.message, f.detail, f.hint and f"hint: {f.hint}") if text]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        if self._missing:
            return f"<p>{html.escape(self._missing)}</p>"
        rows = "".join(_row(f) for f in self.findings)
        passed = sum(f.outcome == Outcome.PASSED for f in self.findings)
        head = f"{passed} of {len(self.findings)} public checks passed"
        return (
            '<section aria-label="checks" style="border-left:3px solid #8886;padding:.2em 0 .2em .9em;max-width:46em">'
            f'<p style="margin:.2em 0"><strong>{head}</strong></p><ul style="margin:0;padding-left:1.1em">{rows}</ul>'
            "</section>"
        )


def title(finding: Finding) -> str:
    """A check's name as words, and where it was judged, where that is worth a word."""
    name = finding.check.removeprefix("test_").replace("_", " ")
    return ", ".join(filter(None, (name, finding.device.words)))


def check(*exercises: str) -> CheckReport:
    """Run the public checks of these exercises (all, where none is named) on the notebook's names.

    Looks for `public/` beside the notebook, in the current folder.
    """
    names, source = _notebook()
    return run_public_checks(Path.cwd(), names, source, exercises)


def run_public_checks(
    folder: Path, names: dict[str, Any], source: tuple[str, ...], exercises: tuple[str, ...] = ()
) -> CheckReport:
    """As check(), for the release in `folder` and the names given."""
    public = folder / "public"
    if not public.is_dir():
        return CheckReport((), f"No public checks: there is no folder {public}. Keep the notebook beside public/.")
    plugin = ExaminerPlugin()
    provider = LocalProvider(names, source)
    plugin.provider = provider
    plugin.seed = secrets.randbits(63)
    findings: list[Finding] = []

    def run(_: object) -> None:
        for name, (info, _items) in plugin.checks.items():
            if exercises and info.spec.exercise not in exercises:
                continue
            try:
                judged = judge(info, plugin.run(name), provider.is_students)
            except NoGpu:
                findings.append(not_judged(info, NEEDS_GPU_HERE))
                continue
            # No reference is at hand here, and no points are at stake: say what could not be used.
            findings.append(blame_value(judged, info.spec.hint) if judged.doubt else judged.finding)

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            collect(plugin, [public], run)
    except CollectionFailed as failed:
        return CheckReport((), f"The public checks cannot be run: {failed}")
    known = sorted({info.spec.exercise for info, _ in plugin.checks.values()})
    unknown = [e for e in exercises if e not in known]
    if unknown and unknown[0] in written_exercises(folder):
        return CheckReport((), f"{unknown[0]!r} is answered in words. A person grades it: there is nothing to run.")
    if unknown:
        return CheckReport((), f"No exercise is called {unknown[0]!r}. There are: {', '.join(known)}.")
    return CheckReport(tuple(findings))


def written_exercises(folder: Path) -> dict[str, float]:
    """The exercises of the release in `folder` that are answered in words, with their points."""
    try:
        told = json.loads((folder / "assignment.json").read_bytes())
        return {str(e["name"]): float(e["points"]) for e in told["exercises"] if e.get("written")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # a student may have changed it, or moved the notebook; what can be checked still is


def _notebook() -> tuple[dict[str, Any], tuple[str, ...]]:
    """The caller's notebook: its names, and the cells run so far."""
    shell: Any = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        return shell.user_ns, tuple(shell.user_ns.get("In", ()))
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    return vars(main), (Path(file).read_text(encoding="utf-8"),) if file else ()


def _row(f: Finding) -> str:
    texts = [html.escape(f.message)] if f.message and f.outcome != Outcome.PASSED else []
    if f.detail:
        texts.append(f'<pre style="margin:.3em 0;white-space:pre-wrap">{html.escape(f.detail)}</pre>')
    if f.hint:
        texts.append(f"<details><summary>hint</summary>{html.escape(f.hint)}</details>")
    body = "".join(f"<div>{text}</div>" for text in texts)
    mark = f'<span style="color:{_COLOURS[f.outcome]};font-weight:600">{_MARKS[f.outcome]}</span>'
    return f'<li style="margin:.25em 0">{html.escape(title(f))}: {mark}{body}</li>'
