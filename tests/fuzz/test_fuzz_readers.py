"""Every reader of what strangers send: an answer or one named finding, soon and in little room, whatever the bytes.

The same examples on every run. `make fuzz` looks for new ones.
"""

from __future__ import annotations

import ast
import functools
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import seeds
import targets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course.magics import translate

same_each_time = functools.partial(
    settings, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
FRAMES = seeds.frames()
NOTEBOOKS = seeds.notebooks()
ARCHIVES = seeds.archives()
FOUND = Path(__file__).with_name("found")


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.parametrize("target", [targets.wire, targets.notebook, targets.archived, targets.cell])
@same_each_time(max_examples=150)
@given(data=st.binary(max_size=400))
def test_arbitrary_bytes(target: Callable[[bytes], None], data: bytes) -> None:
    target(data)


@pytest.mark.parametrize("target", ["wire", "notebook", "archived", "cell"])
def test_what_fuzzing_has_found_stays_mended(target: str) -> None:
    for path in sorted((FOUND / target).glob("*")):
        getattr(targets, target)(path.read_bytes())


def test_real_ones_are_taken() -> None:
    for one in FRAMES:
        targets.wire(one)
    targets.wire(b"".join(FRAMES))
    targets.wire(b"".join(seeds.in_step(FRAMES)))
    for one in NOTEBOOKS:
        targets.notebook(one)
    for one in ARCHIVES:
        targets.archived(one)
    for text in seeds.CELLS:
        targets.cell(text.encode())


def test_frames_that_lie() -> None:
    before = resident_mb()
    for number in range(4000):
        rng = random.Random(number)
        data = rng.choice(FRAMES)
        for _ in range(rng.randint(1, 3)):
            data = seeds.mutated_frames(data, rng, FRAMES)
        targets.wire(data)
    assert resident_mb() - before < 300


def test_real_answers_and_then_frames_that_lie() -> None:
    answers = [frame for frame in FRAMES if b"return" in frame]
    for number in range(1500):
        rng = random.Random(number)
        whole = [*rng.sample(answers, 2), seeds.mutated_frames(rng.choice(FRAMES), rng, FRAMES), rng.choice(answers)]
        targets.wire(b"".join(seeds.in_step(whole)))


@same_each_time(max_examples=150)
@given(st.data())
def test_frames_out_of_order_doubled_and_cut(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(FRAMES))), max_size=6))
    whole = b"".join(seeds.in_step([FRAMES[n] for n in chosen]))
    targets.wire(whole[: data.draw(st.integers(0, len(whole)))])


def test_notebooks_that_lie() -> None:
    before = resident_mb()
    for number in range(400):
        rng = random.Random(number)
        targets.notebook(seeds.mutated_notebook(rng.choice(NOTEBOOKS), rng, NOTEBOOKS))
    assert resident_mb() - before < 300


def test_archives_that_lie() -> None:
    before = resident_mb()
    for number in range(1500):
        rng = random.Random(number)
        targets.archived(seeds.mutated_archive(rng.choice(ARCHIVES), rng, ARCHIVES))
    assert resident_mb() - before < 300


def test_cells_that_no_person_wrote() -> None:
    for number in range(1500):
        rng = random.Random(number)
        text = rng.choice(seeds.CELLS)
        for _ in range(rng.randint(1, 3)):
            text = seeds.mutated_cell(text, rng)
        targets.cell(text.encode("utf-8", "surrogatepass"))


def test_a_function_below_magics_stays_a_function() -> None:
    magics = ["%%time", "%%capture out", "%matplotlib inline", "!ls", "x?", "%time y = 1", "files = !ls"]
    for number in range(300):
        rng = random.Random(number)
        head = sorted(rng.sample(magics, rng.randint(0, 4)), key=lambda line: not line.startswith("%%"))
        body = ["def softmax(x):", "    %time z = x", "    return z", "class Net:", "    !ls", "    y = 1"]
        done = translate("\n".join([*head, *body]))
        assert done.problem == ""
        names = [type(node).__name__ for node in ast.parse(done.source).body]
        assert names[-2:] == ["FunctionDef", "ClassDef"]
