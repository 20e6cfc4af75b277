"""What a notebook imports is loaded before its submissions come."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.grading.imports import imported_modules

CELLS = (
    "import torch, numpy as np\nfrom torch import nn\nimport torch.nn.functional as F",
    "def draw():\n    import matplotlib.pyplot as plt\n\nfrom fastai.vision.all import *",
    "import torch\nfrom . import own\nfrom autograder import check\nimport autograder.checks",
    "from sklearn.datasets import (\n    load_digits,\n)\n# import nothing",
)
NAMES = ("torch", "numpy", "torch.nn.functional", "matplotlib.pyplot", "fastai.vision.all", "sklearn.datasets")


def test_every_module_of_a_script_is_named_once_and_in_full(tmp_path: Path) -> None:
    script = tmp_path / "notebook.py"
    script.write_text("\n\n".join(f"# %%\n{cell}" for cell in CELLS), encoding="utf-8")
    assert imported_modules(script) == NAMES


def test_of_a_notebook_only_the_code_is_read(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in CELLS]
    prose = {"cell_type": "markdown", "source": ["import this\n"]}
    (tmp_path / "notebook.ipynb").write_text(json.dumps({"cells": [prose, *cells]}), encoding="utf-8")
    assert imported_modules(tmp_path / "notebook.ipynb") == NAMES
