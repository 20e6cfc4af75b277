"""Which checks see a change: those that ask for a changed name or for one that reaches it, and all where in doubt."""

from __future__ import annotations

import pytest

from autograder.course import CodeCell
from autograder.grading.verify.scope import changed_names, checks_that_see

CELLS = (
    CodeCell(1, "import torch\nimport torch.nn.functional as F"),
    CodeCell(2, "def softmax(x):\n    return x.softmax(0)"),
    CodeCell(3, "def loss(x):\n    return -softmax(x).log().sum()"),
    CodeCell(4, "class Net(torch.nn.Module):\n    def forward(self, x):\n        return loss(x)"),
    CodeCell(5, "def accuracy(x):\n    return x"),
)
ASKED = {
    "test_softmax": frozenset({"softmax"}),
    "test_loss": frozenset({"loss"}),
    "test_net": frozenset({"Net"}),
    "test_accuracy": frozenset({"accuracy"}),
}


def seen(source: str) -> set[str]:
    cells = (*CELLS, CodeCell(6, source))
    return set(checks_that_see(changed_names(source, CELLS), cells, ASKED))


def test_a_change_is_seen_by_all_that_reach_it_and_by_nobody_else() -> None:
    assert seen("def softmax(x):\n    return x") == {"test_softmax", "test_loss", "test_net"}
    assert seen("def loss(x):\n    return x") == {"test_loss", "test_net"}
    assert seen("class Net:\n    pass") == {"test_net"}
    assert seen("accuracy = lambda x: 1") == {"test_accuracy"}


def test_what_a_new_definition_reaches_counts_too() -> None:
    assert seen("def helper():\n    pass\n\n\ndef accuracy(x):\n    return helper()") == {"test_accuracy"}


def test_an_import_that_is_there_already_changes_nothing() -> None:
    assert seen("import torch\n\n\ndef accuracy(x):\n    return 1") == {"test_accuracy"}
    assert seen('"""Only words."""') == set()


@pytest.mark.parametrize(
    "source",
    [
        "print('hello')",
        "if True:\n    accuracy = None",
        "from numpy import *",
        "torch.softmax = None",
        "import torch\n\n\ndef accuracy(x):\n    torch.exp = None",
        "accuracy.cache = {}",
        "def accuracy(x):\n    globals()['loss'] = None",
        "x, accuracy = 1, 2",
    ],
)
def test_where_more_may_change_every_check_is_asked(source: str) -> None:
    assert seen(source) == set(ASKED)


def test_an_import_that_gives_a_name_another_meaning_is_a_change() -> None:
    assert seen("import numpy as torch") >= {"test_net"}
