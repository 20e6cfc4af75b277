"""Weights that were handed in: safetensors files, which hold numbers and nothing that could run."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.values import describe, is_plain_tensor

WEIGHTS = "__autograder_weights__"
"""On a student: the content of each file of weights that was handed in, by its name; None: it is not read."""
SUFFIX = ".safetensors"
PICKLES = (".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle")
"""Formats that may run code when they are read."""
MAX_BYTES = 64 << 20
MAX_TENSORS = 10_000
_MAX_HEADER = 4 << 20
_MAX_SHOWN = 5


def beside(folder: Path) -> dict[str, bytes | None]:
    """The files of weights in `folder`, as WEIGHTS says: for a notebook, where nothing was handed in yet."""
    found: dict[str, bytes | None] = {}
    left = MAX_BYTES
    for path in sorted(folder.iterdir()):
        if path.suffix in (SUFFIX, *PICKLES) and path.is_file():
            fits = path.suffix == SUFFIX and path.stat().st_size <= left
            content = path.read_bytes() if fits else None
            left -= len(content or b"")
            found[path.name] = content
    return found


def weights(student: Any, name: str = "model.safetensors") -> dict[str, Tensor]:
    """The tensors in a file of weights that was handed in beside the notebook (in a notebook: that lies beside it).

    https://github.com/huggingface/safetensors#format: read by that library, in the check's process, from the bytes.
    Files in pickle formats are never read.

    Args:
        student: the fixture.
        name: of the file; ends in .safetensors.

    Returns:
        Tensor by name, on the CPU, all elements finite.

    Raises:
        Failure: there is no such file, it cannot be read, is too large, or holds what is not finite.
        ValueError: the check asks for a file of another kind.
    """
    if not name.endswith(SUFFIX) or "/" in name:
        raise ValueError(f"weights are read from {SUFFIX} files beside the notebook, not from {name!r}")
    files = getattr(student, WEIGHTS, None)
    content = _content(beside(Path.cwd()) if files is None else files, name)
    (header,) = struct.unpack("<Q", content[:8].ljust(8, b"\0"))
    if header > _MAX_HEADER:
        raise Failure(f"{name} cannot be read: its header is too large. Write it with save_file", "limit")
    from safetensors.torch import load

    try:
        found = load(content)
    except Exception as error:
        again = f"write it with safetensors.torch.save_file(model.state_dict(), {name!r}), and hand in the whole file"
        raise Failure(f"{name} is no safetensors file: {again}") from error
    if len(found) > MAX_TENSORS:
        raise Failure(f"{name} holds {len(found)} tensors; at most {MAX_TENSORS} are read", "limit")
    for key, tensor in found.items():
        if not bool(tensor.float().isfinite().all() if tensor.is_floating_point() else tensor.isfinite().all()):
            raise Failure(f"{name}: {_shown([key])} holds NaN or infinity: the training had diverged", "not_finite")
    return {key: tensor.clone() for key, tensor in found.items()}


def load_weights(model: Any, values: Mapping[str, Tensor]) -> None:
    """Put `values` into the student's model, all of them and nothing else.

    Args:
        model: a module of the student's.
        values: tensor by name, as weights() gives them.

    Raises:
        Failure: names or shapes are not those of `model.state_dict()`.
    """
    own = _state(model)
    missing, extra = [k for k in own if k not in values], [k for k in values if k not in own]
    if missing or extra:
        parts = [f"it lacks {_shown(missing)}" if missing else "", f"the model has no {_shown(extra)}" if extra else ""]
        again = "save model.state_dict() of the very class that you hand in"
        raise Failure(f"the weights do not fit the model: {'; '.join(filter(None, parts))}. {again.capitalize()}")
    for key, tensor in own.items():
        if tensor.shape != values[key].shape:
            sizes = f"{tuple(values[key].shape)} in the file and {tuple(tensor.shape)} in the model"
            raise Failure(f"the weights do not fit the model: {_shown([key])} has shape {sizes}. Other layer sizes?")
    model.load_state_dict(dict(values))


def _content(files: Mapping[str, bytes | None], name: str) -> bytes:
    content = files.get(name)
    if content is not None:
        return content
    if name in files:
        raise Failure(f"{name} is too large: files of weights may have {MAX_BYTES >> 20} MB in all", "limit")
    how = f"save your model with safetensors.torch.save_file(model.state_dict(), {name!r})"
    others = sorted(files)
    pickles = [other for other in others if other.endswith(PICKLES)]
    if pickles:
        said = f"{_shown(pickles[:1])} is a pickle file, which may run code when it is read, and is not read"
        raise Failure(f"there is no file {name}. {said}: {how}", "missing_name")
    there = f" (there is {_shown(others)})" if others else ""
    raise Failure(f"there is no file {name} beside the notebook{there}: {how} and hand it in too", "missing_name")


def _state(model: Any) -> dict[str, Tensor]:
    try:
        state = dict(model.state_dict().items())
    except (AttributeError, TypeError, ValueError) as error:
        raise Failure(
            f"expected a torch module to load the weights into, got {describe(model)}", "wrong_type"
        ) from error
    odd = [key for key, value in state.items() if type(key) is not str or not is_plain_tensor(value)]
    if odd:
        raise Failure("the state_dict of the model holds more than tensors by their names", "wrong_type")
    return state


def _shown(names: list[str]) -> str:
    """A few names for a message; they are the student's, and bounded."""
    more = f" and {len(names) - _MAX_SHOWN} more" if len(names) > _MAX_SHOWN else ""
    return ", ".join(name[:80] for name in names[:_MAX_SHOWN]) + more
