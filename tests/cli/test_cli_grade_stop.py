"""Ctrl-C twice, with real processes: everything ends at once, what was graded stays, the rest is graded later."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from real_command import Running, left_in_tmp, run, survivors
from tiny_course import RIGHT, make_course, notebook

from autograder.cli.interrupts import AT_ONCE, STOPPING

QUICK = 4


def test_the_second_ctrl_c_gives_up_what_is_in_flight_and_nothing_that_was_graded(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (course / "class").mkdir()
    for number in range(QUICK):
        (course / "class" / f"a-{number}.ipynb").write_text(notebook(f"number = {number}\n", *RIGHT))
    slow = notebook("import time\ntime.sleep(50)\n", *RIGHT)
    (course / "class" / "slow.ipynb").write_text(slow)
    running = Running(course, "grade", "01", "class", "--jobs", "1")
    running.until(f"[{QUICK}/")
    family = running.family()
    running.process.send_signal(signal.SIGCONT)
    running.process.send_signal(signal.SIGINT)
    running.until(STOPPING)
    running.process.send_signal(signal.SIGINT)
    assert running.finish() == 130, running.lines
    text = "".join(running.lines)
    assert AT_ONCE in text
    assert f"stopped after {QUICK} of {QUICK + 1}. The same command goes on from here." in text
    assert survivors(family) == []
    assert left_in_tmp(course) == []
    events = [json.loads(line) for line in (course / "gradebook.jsonl").read_text().splitlines()]
    assert (events[-1]["event"], events[-1]["how"]) == ("ended", "stopped")
    again = run(course, "grade", "01", "class", "--only", "a-*")
    assert again.returncode == 0
    assert again.stderr.count("recorded before") == QUICK
