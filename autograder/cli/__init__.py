"""The command: one file a verb, each thin. What is heavy is imported when its verb runs."""

from __future__ import annotations

import importlib
from keyword import iskeyword
from typing import ClassVar

import click


class _Verbs(click.Group):
    """Loads a verb's module only when that verb is asked for, so that `--help` answers at once."""

    verbs: ClassVar[dict[str, str]] = {
        "new": "Write an assignment to begin with.",
        "import": "Turn an assignment of nbgrader's or otter-grader's into one of ours.",
        "build": "Write release/ and solutions/ from the sources.",
        "preview": "Show what students will see, before anything is written.",
        "verify": "Prove the checks: reference full, stub nothing, specimens as promised, mutants caught.",
        "release": "Hand out an assignment: build, verify, copy to the exchange, tag the version.",
        "threshold": "Propose thresholds for trained models, from the reference on many seeds.",
        "export": "Write an assignment for nbgrader, otter-grader or Gradescope, or as one bundle.",
        "collect": "Take submissions out of a learning platform's download.",
        "grade": "Grade submissions and record their verdicts.",
        "report": "Show how the class did; write feedback pages and a CSV.",
        "written": "List answers in words, hand them out to be graded, take the marks back.",
        "mark": "Grade one answer in words.",
        "return": "Give the feedback pages back through the exchange.",
        "check": "Run the public checks on your own notebook.",
        "submit": "Hand in your notebook, and get a receipt.",
        "feedback": "Show what came back on what you handed in.",
        "image": "Build the image that submissions are graded in, or show it.",
        "doctor": "Say what this machine can do, and what is missing.",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of an assignment's life."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The verb called `name`."""
        if name not in self.verbs:
            return None
        python_name = f"{name}_" if iskeyword(name) else name
        command = getattr(importlib.import_module(f"autograder.cli.{python_name}"), python_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing a verb."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.verbs.items()))


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="autograder")
def main() -> None:
    """Auto-graded deep-learning assignments: build releases, check your work, grade submissions.

    Instructors live in build, verify and release, students in check and submit, graders in collect, grade and report.
    """
