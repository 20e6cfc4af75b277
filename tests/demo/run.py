"""`make demo`: build the shipped assignments, grade a class of made-up students, and say where to look."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from make_submissions import main as make_submissions

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "demo"
COMMAND = [sys.executable, "-m", "autograder"]


def run(*arguments: str) -> None:
    """Run one command of autograder's as a user would, and show it."""
    print(f"\n$ autograder {' '.join(arguments)}", flush=True)
    subprocess.run([*COMMAND, *arguments], cwd=ROOT, check=True)


def main() -> int:
    """The whole path, in three commands."""
    if OUT.exists():
        shutil.rmtree(OUT)
    OUT.mkdir()
    run("build")
    print("\nmaking submissions: right, differently right, wrong, broken and hostile", flush=True)
    if make_submissions([str(OUT / "submissions")]):
        return 1
    for slug in ("01-tensors", "04-softmax-classifier"):
        arguments = ("--gradebook", "demo/gradebook.db", "--feedback", f"demo/feedback/{slug}")
        run("grade", slug, f"demo/submissions/{slug}", *arguments)
    print("\nThe gradebook is demo/gradebook.db; see a class again with")
    print("    .venv/bin/autograder report 04 --gradebook demo/gradebook.db")
    print("Feedback pages, one for each student, and an overview for you:")
    for slug in ("01-tensors", "04-softmax-classifier"):
        print(f"    demo/feedback/{slug}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
