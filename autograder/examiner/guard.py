"""What student code may reach of the objects that a check passes to it: calls, iteration, items, length, and the public
attributes that the author's own classes have. Never what Python itself or a library hangs on every object."""

from __future__ import annotations

import site
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.examiner import tools

_CLOSED = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType, type)
"""Never handed across: through these, everything else of this process could be reached."""
_LIBRARIES = tuple(
    Path(folder).resolve()
    for folder in (sys.prefix, sys.base_prefix, site.getusersitepackages(), Path(__file__).parent.parent)
)
_CALL_ONLY = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.GeneratorType)
_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_PLAIN = (type(None), bool, int, float, str, tuple)
_MODULE = frozenset(
    (
        "apply",
        "buffers",
        "children",
        "eval",
        "forward",
        "load_state_dict",
        "modules",
        "named_buffers",
        "named_children",
        "named_modules",
        "named_parameters",
        "parameters",
        "requires_grad_",
        "state_dict",
        "train",
        "training",
        "zero_grad",
    )
)
_RECORDING = "autograder.checks.structure.training"
"""Whose data set and loader say themselves what of them is shown."""
_OPTIMIZER = frozenset(("add_param_group", "load_state_dict", "param_groups", "state_dict", "step", "zero_grad"))
_SCHEDULER = frozenset(("get_last_lr", "last_epoch", "load_state_dict", "state_dict", "step"))


def may_be_passed(torch: Any, obj: Any) -> bool:
    """Whether a reference to `obj` may cross at all."""
    kind = type(obj)
    if isinstance(obj, _CLOSED):
        return False
    if callable(obj) or isinstance(obj, (*_CALL_ONLY, *_VIEWS, *tools.KINDS)) or _is_authors(kind):
        return True
    if isinstance(obj, Iterator):  # those of the language and of DataLoader; an open file is one too, and stays
        return kind.__module__ in ("builtins", "itertools") or kind.__module__.startswith("torch.utils.data.")
    return _shown(torch, obj) is not None


def attribute(torch: Any, obj: Any, name: str) -> Any:
    """`obj.name`, where that is the author's own to show.

    Raises:
        AttributeError: it is not, or there is none.
    """
    if name.startswith("_") or isinstance(obj, _CALL_ONLY):
        raise AttributeError(name)
    owner = next((c for c in type(obj).__mro__ if name in vars(c)), None)
    shown = tools.shows(obj, name) or _is_authors(type(obj) if owner is None else owner)
    if not shown and not _torch_shows(torch, obj, name):
        raise AttributeError(name)
    value = getattr(obj, name)
    if isinstance(value, _CLOSED):
        raise AttributeError(name)
    return value


def _is_authors(kind: type) -> bool:
    """Whether a class was written for the checks: it lies in no library's folder, nor in ours."""
    module = sys.modules.get(kind.__module__)
    if kind.__module__ == "__main__":  # a test cell's own, unless this process began with it
        return not hasattr(module, kind.__qualname__.split(".")[0])
    file = getattr(module, "__file__", None)
    if file is None:
        return False
    path = Path(file).resolve()
    return not any(path.is_relative_to(folder) for folder in _LIBRARIES)


def _shown(torch: Any, obj: Any) -> frozenset[str] | None:
    """What of torch's own training objects is shown; None for any other object.

    Of data sets and loaders nothing is: `Subset.dataset` is the whole, held-out part and all.
    """
    if type(obj).__module__ == _RECORDING:
        return getattr(type(obj), "__autograder_shown__", None)
    if isinstance(obj, torch.nn.Module):
        return _MODULE
    if isinstance(obj, torch.optim.Optimizer):
        return _OPTIMIZER
    if isinstance(obj, torch.optim.lr_scheduler.LRScheduler):
        return _SCHEDULER
    if isinstance(obj, (torch.utils.data.Dataset, torch.utils.data.DataLoader, torch.utils.data.Sampler)):
        return frozenset()
    return None


def _torch_shows(torch: Any, obj: Any, name: str) -> bool:
    if name in (_shown(torch, obj) or ()):
        return True
    if not isinstance(obj, torch.nn.Module):
        return False
    parts = (obj._parameters, obj._buffers, obj._modules)
    return any(name in part for part in parts) or (name in vars(obj) and isinstance(vars(obj)[name], _PLAIN))
