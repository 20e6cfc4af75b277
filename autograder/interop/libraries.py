"""The libraries that an imported notebook needs: what students install, and what this Python does not have."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable

from autograder.course import Environment

_INSTALLED_BY = {
    "PIL": "pillow",
    "matplotlib": "matplotlib",
    "networkx": "networkx",
    "pandas": "pandas",
    "scipy": "scipy",
    "seaborn": "seaborn",
    "sklearn": "scikit-learn",
    "statsmodels": "statsmodels",
    "sympy": "sympy",
    "torchvision": "torchvision",
}
"""Libraries that notebooks import, and what installs them; any other is named in a note."""


def requirements_of(libraries: Iterable[str]) -> tuple[str, ...]:
    """What students install. torch is always among it: their own `check` compares with it."""
    known = sorted({_INSTALLED_BY[one] for one in libraries if one in _INSTALLED_BY})
    return (*Environment().requires, *known)


def not_here(libraries: Iterable[str]) -> list[str]:
    """Libraries that this Python does not have, so that neither solution nor tests would run."""
    return sorted(one for one in set(libraries) if not _is_here(one))


def _is_here(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except ValueError:  # it is loaded, and has no origin, as __main__
        return True
