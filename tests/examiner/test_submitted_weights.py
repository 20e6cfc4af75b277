"""Files of weights that were handed in, and budgets for a student's loop: on both transports."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save
from transports import AcrossTheWire, InProcess, Transport

from autograder.checks import Budget, Failure, Score, load_weights, weights
from autograder.course import Finding, Outcome, Submission
from autograder.course.submission import MAX_WEIGHTS_BYTES
from autograder.examiner.local import LocalProvider
from autograder.examiner.student import SessionProvider

MODEL = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(3, 4)
        self.last = torch.nn.Linear(4, 2)
    def forward(self, x):
        return self.last(torch.relu(self.first(x)))
"""
TENSORS = {
    "first.weight": torch.arange(12.0).reshape(4, 3),
    "first.bias": torch.ones(4),
    "last.weight": torch.ones(2, 4) / 4,
    "last.bias": torch.zeros(2),
}
HandIn = Callable[[str, bytes], None]


@pytest.fixture
def hand_in(transport: Transport, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> HandIn:
    """Puts a file beside the notebook."""
    files: list[tuple[str, bytes]] = []
    monkeypatch.chdir(tmp_path)
    made = transport._provider  # type: ignore[attr-defined]

    def provider(*cells: str) -> SessionProvider | LocalProvider:
        found = made(*cells)
        if isinstance(found, SessionProvider):
            found._session.weights = Submission("it", "", (), tuple(files)).weights()
        return found  # type: ignore[no-any-return]

    def put(name: str, content: bytes) -> None:
        files.append((name, content))
        if isinstance(transport, InProcess):
            (tmp_path / name).write_bytes(content)

    monkeypatch.setattr(transport, "_provider", provider)
    return put


def loads_and_answers(student: Any) -> Score:
    model = student.Net()
    load_weights(model, weights(student))
    x = torch.tensor([[1.0, 2.0, 3.0]])
    want = torch.relu(x @ TENSORS["first.weight"].T + 1) @ TENSORS["last.weight"].T
    assert torch.allclose(model(x), want)
    return Score(1.0)


def test_the_weights_are_read_loaded_and_used(transport: Transport, hand_in: HandIn) -> None:
    hand_in("model.safetensors", save(TENSORS))
    assert transport.finding(loads_and_answers, MODEL).outcome is Outcome.PASSED


def _failed(found: Finding, reason: str, *words: str) -> None:
    assert (found.outcome, found.reason) == (Outcome.FAILED, reason), found
    for word in words:
        assert word in found.message


def test_without_a_file_the_student_is_told_how_to_make_it(transport: Transport, hand_in: HandIn) -> None:
    del hand_in
    words = "There is no file model.safetensors", "safetensors.torch.save_file(model.state_dict(), 'model.safetensors')"
    _failed(transport.finding(loads_and_answers, MODEL), "missing_name", *words)


@pytest.mark.parametrize("name", ["model.pt", "model.pth", "weights.bin", "model.pkl", "last.ckpt"])
def test_a_pickle_file_is_never_read(transport: Transport, hand_in: HandIn, name: str) -> None:
    hand_in(name, b"\x80\x04cposix\nsystem\n(S'touch owned'\ntR.")
    _failed(transport.finding(loads_and_answers, MODEL), "missing_name", f"{name} is a pickle", "save_file(")
    assert not Path("owned").exists()


HEADER = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
NAN = save({**TENSORS, "last.bias": torch.tensor([0.0, torch.nan])})
EIGHT_BITS = save({**TENSORS, "last.bias": torch.full((2,), torch.nan).to(torch.float8_e5m2)})
BAD: tuple[tuple[bytes, str], ...] = (
    (b"", "wrong_answer"),
    (b"\x80\x04cposix\nsystem\n(S'touch owned'\ntR.", "limit"),
    (save(TENSORS)[:-7], "wrong_answer"),
    (struct.pack("<Q", 1 << 62) + b"{}", "limit"),
    (struct.pack("<Q", len(HEADER)) + HEADER + b"\0" * 4, "wrong_answer"),
    (struct.pack("<Q", 8) + b"not json", "wrong_answer"),
    (save({f"t{n}": torch.zeros(1) for n in range(10_001)}), "limit"),
    (NAN, "not_finite"),
    (EIGHT_BITS, "not_finite"),
)


@pytest.mark.parametrize(("content", "reason"), BAD)
def test_a_file_that_holds_no_finite_tensors_is_a_finding(
    transport: Transport, hand_in: HandIn, content: bytes, reason: str
) -> None:
    hand_in("model.safetensors", content)
    _failed(transport.finding(loads_and_answers, MODEL), reason, "odel.safetensors")


def test_weights_of_another_network_are_told_by_name_and_shape(transport: Transport, hand_in: HandIn) -> None:
    del hand_in
    for values, words in (
        ({k: v for k, v in TENSORS.items() if k != "last.bias"}, "it lacks last.bias"),
        (TENSORS | {"third.weight": torch.ones(1)}, "the model has no third.weight"),
        (TENSORS | {"first.bias": torch.ones(5)}, "first.bias has shape (5,) in the file and (4,) in the model"),
    ):

        def check(student: Any, values: dict[str, torch.Tensor] = values) -> None:
            load_weights(student.Net(), values)

        _failed(transport.finding(check, MODEL), "wrong_answer", words)


@pytest.mark.parametrize("model", ["None", "3", "lambda x: x", "torch.zeros(2)"])
def test_weights_are_loaded_into_nothing_but_a_module(transport: Transport, model: str) -> None:
    def check(student: Any) -> None:
        load_weights(student.make(), TENSORS)

    found = transport.finding(check, f"def make(): return {model}")
    assert found.outcome is Outcome.FAILED


@pytest.mark.parametrize("name", ["model.pt", "../model.safetensors", "/etc/model.safetensors"])
def test_another_kind_of_file_is_the_authors_mistake(transport: Transport, name: str) -> None:
    def check(student: Any) -> None:
        weights(student, name)

    assert transport.finding(check).outcome is Outcome.BROKEN


def test_files_beyond_the_bound_are_left_out_and_named_so(wire: AcrossTheWire) -> None:
    half = b"x" * (MAX_WEIGHTS_BYTES // 2 + 1)
    files = (
        ("a.safetensors", half),
        ("b.safetensors", half),
        ("c.safetensors", b"y"),
        ("d.pt", b"z"),
        ("e.py", b""),
        ("in/f.pt", b""),
    )
    found = Submission("it", "", (), files).weights()
    assert found == {"a.safetensors": half, "b.safetensors": None, "c.safetensors": b"y", "d.pt": None}

    provider = wire._provider()
    provider._session.weights = found
    with pytest.raises(Failure, match="too large"):
        weights(provider.begin(20), "b.safetensors")


def test_a_students_endless_loop_ends_with_its_budget(transport: Transport) -> None:
    def check(student: Any) -> Score:
        student.train(Budget([torch.ones(1)], steps=3))
        return Score(1.0)

    endless = """
def train(batches):
    while True:
        for batch in batches:
            batch + 1
"""
    _failed(transport.finding(check, endless), "limit", "more than the 3 steps")
    within = "def train(batches):\n    for batch in [*batches, *batches, *batches]:\n        batch + 1"
    assert transport.finding(check, within).outcome is Outcome.PASSED


def test_a_budget_that_the_students_code_ignores_is_a_finding_all_the_same(wire: AcrossTheWire) -> None:
    def check(student: Any) -> Score:
        student.train(Budget([torch.ones(1)], steps=3))
        return Score(1.0)

    swallowing = """
def train(batches):
    for _ in range(9):
        try:
            list(batches)
        except Exception:
            pass
"""
    _failed(wire.finding(check, swallowing), "limit", "more than the 3 steps")
