"""Every module imports alone and without a warning, and what a package offers is there."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys

import pytest

import autograder

IMPORT_EACH_ALONE = """
import importlib, os, sys, traceback, warnings
# What comes from elsewhere is loaded once, before the forks: its warnings are not ours, and torch takes seconds.
import alembic.command, click, jinja2, jupytext, matplotlib.figure, msgspec, nbclient, nbformat, pandas, pydantic
import pytest, rich.table, sqlalchemy.dialects.postgresql, torch
warnings.simplefilter("error")
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""
"""Prints the modules that fail, each imported in a fork of an interpreter that has imported nothing else of ours."""


def modules() -> list[str]:
    """Every module of ours, migrations left out: alembic alone runs those."""
    found = [module.name for module in pkgutil.walk_packages(autograder.__path__, "autograder.")]
    return [name for name in found if ".migrations" not in name and not name.endswith("__main__")]


def rooms() -> list[str]:
    """The folders of the package."""
    return sorted({name.split(".")[1] for name in modules()})


def test_the_rooms_are_those_of_the_architecture() -> None:
    assert set(rooms()) == {
        *("build", "checks", "cli", "course", "datasets", "errors", "examiner", "exchange"),
        *("gradebook", "grading", "interop", "report", "sandbox", "wire", "worker"),
    }


def test_every_module_imports_alone_without_a_warning() -> None:
    command = [sys.executable, "-c", IMPORT_EACH_ALONE, *modules()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [], done.stderr


@pytest.mark.parametrize("room", rooms())
def test_whatever_a_package_offers_is_there_and_listed_in_order(room: str) -> None:
    package = importlib.import_module(f"autograder.{room}")
    offered = list(getattr(package, "__all__", []))
    assert [name for name in offered if not hasattr(package, name)] == []
    assert len(offered) == len(set(offered))


def test_the_package_itself_offers_check_and_loads_nothing_heavy_for_it() -> None:
    program = "import json, sys, autograder; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"torch", "pytest", "pydantic", "click", "numpy"} & set(json.loads(done.stdout))
    assert callable(autograder.check)
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = autograder.chekc
