"""A warm grader of the arena at one level, and a bout in it: an attack and an honest neighbour, graded side by side."""

from __future__ import annotations

import io
import os
import runpy
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from attack import Attack
from rich.console import Console
from traces import left_over, look

from autograder.build import reference_cells
from autograder.course import Assignment, Verdict
from autograder.course.assignment import load_assignment
from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.batch import Graded, Wanted, grade_batch
from autograder.grading.engines.local import LocalEngine
from autograder.grading.sources import Source, find_submissions
from autograder.report import terminal_table, to_csv, write_feedback
from autograder.report.table import class_table

ARENA = Path(__file__).parent / "arena"
JOBS = 2
NEIGHBOUR = "neighbour"


@dataclass(frozen=True)
class Bout:
    """What came of an attack and of the honest submission beside it."""

    verdict: Verdict
    neighbour: Verdict
    seconds: float
    left: tuple[str, ...]
    """What was left on the machine, or changed there."""
    shown: dict[str, str]
    """What people are shown: pages, table and CSV, by name."""


class Ring:
    """A warm grader, its gradebook, and files of the host that nobody may touch."""

    def __init__(self, grader: Grader, home: Path, scratch: Path) -> None:
        self.grader = grader
        self.book = Gradebook.open(home / "gradebook.db")
        self.key = self.book.course_key()
        self.host = home / "host"
        self.host.mkdir()
        self.canary = self.host / "canary.txt"
        self.canary.write_text("CANARY-a7f3-host-file\n", encoding="utf-8")
        self._home = home
        self._scratch = scratch
        self._bouts = 0
        self._engine = LocalEngine(grader, JOBS)  # never closed: the grader is its owner's
        self._warm_up()

    def _warm_up(self) -> None:
        for verdict in self.graded(self.honest("warm"), self.honest("warm too")):
            lost = [
                f"{f.check}: {f.outcome} {f.message} {f.detail}" for f in verdict.findings if f.points < f.max_points
            ]
            if lost:
                raise RuntimeError("an honest submission does not get full marks here:\n" + "\n".join(lost))

    @property
    def assignment(self) -> Assignment:
        """The arena."""
        return self.grader.assignment

    def bout(self, attack: Attack) -> Bout:
        """Grade the attack beside an honest neighbour; look at the machine before and after."""
        self._bouts += 1
        source = self.submission(attack)
        before = look(self._scratch, self.host)
        start = time.perf_counter()
        verdicts = self.graded(source, self.honest(f"{NEIGHBOUR} {self._bouts}"))
        seconds = time.perf_counter() - start
        left = left_over(before, lambda: look(self._scratch, self.host))
        return Bout(verdicts[0], verdicts[1], seconds, tuple(left), self._shown(verdicts))

    def graded(self, *sources: Source) -> list[Verdict]:
        """The verdicts on `sources`, graded as one batch, in their order."""
        events = grade_batch(self._engine, self.book, sources, self.assignment, wanted=Wanted(again=True))
        found = {done.verdict.submission: done.verdict for done in events if isinstance(done, Graded)}
        return [found[source.name] for source in sources]

    def close(self) -> None:
        """Close the gradebook. The grader is its owner's."""
        self.book.close()

    def honest(self, name: str) -> Source:
        """An honest submission under a name of its own."""
        path = self._folder(name) / "arena.py"
        path.write_text(honest_script(self.assignment), encoding="utf-8")
        return Source(name, path)

    def _folder(self, name: str) -> Path:
        folder = self._home / "submissions" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def submission(self, attack: Attack) -> Source:
        """The attack's submission, as a student would have handed it in."""
        folder = self._folder(attack.id.replace("/", "-"))
        if attack.is_folder:
            make = runpy.run_path(str(attack.path / "make.py"))["make"]
            make(folder, honest_script(self.assignment))
            (source,) = find_submissions(folder, self.assignment.slug)
            return source
        parts = {"alone": [attack.source], "before": [attack.source, honest_script(self.assignment)]}
        cells = parts.get(attack.place, [honest_script(self.assignment), attack.source])
        text = "\n".join(part if part.startswith("# %%") else f"# %%\n{part}" for part in cells)
        (folder / "arena.py").write_text(self._aimed(text), encoding="utf-8")
        return Source(folder.name, folder / "arena.py")

    def _aimed(self, text: str) -> str:
        """An attacker who knows this machine well: paths and process ids in place of @NAMES@."""
        known = {
            "@CANARY@": self.canary,
            "@HIDDEN@": self.assignment.hidden,
            "@GRADER_PID@": os.getpid(),
            "@SCRATCH@": self._scratch,
            "@GRADEBOOK@": self._home / "gradebook.db",
            "@SUBMISSIONS@": self._home / "submissions",
        }
        for name, value in known.items():
            text = text.replace(name, str(value))
        return text

    def _shown(self, verdicts: list[Verdict]) -> dict[str, str]:
        folder = self._home / "feedback"
        shutil.rmtree(folder, ignore_errors=True)
        written = write_feedback(self.assignment, verdicts, folder)
        shown = dict(zip(("page", "neighbour's page", "index"), (p.read_text("utf-8") for p in written), strict=True))
        text = io.StringIO()
        Console(file=text, width=100, force_terminal=False).print(terminal_table(self.assignment, verdicts))
        return shown | {"table": text.getvalue(), "CSV": to_csv(class_table(self.assignment, verdicts))}


def honest_script(assignment: Assignment) -> str:
    """The reference in percent format: what an honest student hands in."""
    return "\n".join(f"# %%\n{cell.source}\n" for cell in reference_cells(assignment))


@contextmanager
def open_ring(level: str) -> Iterator[Ring]:
    """A ring at one level. All temporary files of the grader's lie in one folder, so that nothing left is missed."""
    home = Path(tempfile.mkdtemp(prefix="attacks-"))
    home.chmod(0o755)
    scratch = home / "scratch"
    scratch.mkdir(mode=0o755)
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    try:
        with open_grader(load_assignment(ARENA), isolation=level, jobs=JOBS) as grader:
            ring = Ring(grader, home, scratch)
            yield ring
            ring.close()
    finally:
        tempfile.tempdir = None
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
        subprocess.run(["rm", "-rf", str(home)], check=False)  # manages what no shutil.rmtree does
