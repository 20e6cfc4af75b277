from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from click.testing import CliRunner, Result
from real_command import Running

from autograder.cli.build import build

TOML = 'title = "T"\n[[exercise]]\nname = "one"\ntitle = "One"\npoints = 1\n'
NOTEBOOK = """\
# %%
def check(name):
    return None

# %%
#| exercise: one
def one():
    # BEGIN SOLUTION
    return 1
    # END SOLUTION
"""
CHECK = (
    'from autograder.checks import check\n\n\n@check("one")\ndef test_one(student):\n    assert student.one() == 1\n'
)


def course(tmp_path: Path, slug: str, notebook: str = NOTEBOOK) -> Path:
    root = tmp_path / "assignments" / slug
    (root / "public").mkdir(parents=True)
    (root / "assignment.toml").write_text(TOML)
    (root / "notebook.py").write_text(notebook)
    (root / "public" / "test_one.py").write_text(CHECK)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build, arguments)


def test_build_writes_what_it_says_and_goes_on_after_a_broken_assignment(tmp_path: Path) -> None:
    course(tmp_path, "01-good")
    course(tmp_path, "02-open", NOTEBOOK.replace("    # END SOLUTION\n", ""))
    result = run("--course", str(tmp_path))
    assert result.exit_code == 1
    assert "01-good  version" in result.stdout
    assert "1 exercise, 1 point, 1 public and 0 hidden checks; release written, solution executed" in result.stdout
    assert "error[unclosed-solution]: solution never ends" in result.stderr
    assert [p.name for p in (tmp_path / "release").iterdir()] == ["01-good"]
    again = run("01", "--course", str(tmp_path))
    assert again.exit_code == 0
    assert "release unchanged, solution current" in again.stdout


def test_build_prints_json_for_scripts(tmp_path: Path) -> None:
    course(tmp_path, "02-open", NOTEBOOK.replace("    # END SOLUTION\n", ""))
    result = run("--json", "--course", str(tmp_path))
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert (found["schema"], found["built"]) == (1, [])
    assert [error["code"] for error in found["errors"]] == ["unclosed-solution"]
    assert found["errors"][0]["where"][0]["line"] == 8


def test_an_unknown_assignment_is_answered_with_those_that_exist(tmp_path: Path) -> None:
    course(tmp_path, "01-good")
    result = run("07", "--course", str(tmp_path))
    assert result.exit_code == 1
    assert "choose one of: 01-good" in result.stderr


def test_build_goes_on_whenever_a_source_is_saved(tmp_path: Path) -> None:
    root = course(tmp_path, "01-good")
    running = Running(root, "build", "--watch")
    running.until("watching the sources")
    toml = root / "assignments" / "01-good" / "assignment.toml"
    toml.write_text(TOML.replace("points = 1", "points = 2"))
    running.until("error[points-differ]")
    toml.write_text(TOML.replace('"One"', '"Another one"'))
    released = root / "release" / "01-good" / "README.md"
    for _ in range(600):
        if "Another one" in released.read_text():
            break
        time.sleep(0.1)
    running.process.send_signal(signal.SIGINT)
    assert running.finish() == 0, running.lines
    assert "Another one" in released.read_text()
    assert (root / "stdout").read_text().count("01-good  version") == 2
    assert "Traceback" not in "".join(running.lines)
