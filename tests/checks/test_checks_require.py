"""`require` finds the function that an exercise asks for, however it is written, and takes no mention for a use."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import Failure, require

IMPORTS = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nimport numpy as np\n"


def judge(*cells: str, name: str = "f", apis: tuple[str, ...] = ("softmax",)) -> str:
    """ "" where all is used, else the message."""
    try:
        require(SimpleNamespace(__autograder_source__=(IMPORTS, *cells)), name, *apis)
    except Failure as failure:
        return f"{failure.reason}: {failure.message}"
    return ""


USED = {
    "a method": "def f(x): return x.softmax(-1)",
    "is the thing": "f = F.softmax",
    "is imported": "from torch.nn.functional import softmax as f",
    "by another name": "from torch.nn.functional import softmax as soft\ndef f(x): return soft(x, 0)",
    "through a helper": "def f(x):\n    if x.any(): return 0\n    return h(x)\ndef h(x): return torch.softmax(x, 0)",
    "a local alias": "def f(x):\n    g = F.softmax\n    return g(x)",
    "a layer": "class f(nn.Module):\n    def __init__(s):\n        s.a = nn.Softmax(-1)",
    "in a function within": "def f(x):\n    def inner(y): return y.softmax(0)\n    return inner(x)",
    "a default": "def f(x, act=F.softmax): return act(x)",
    "in a lambda": "f = lambda x: F.softmax(x, 0)",
    "behind a test": "def f(x):\n    if len(x): return x.softmax(0)\n    return x",
    "in the else of if False": "def f(x):\n    if False: return x\n    else: return x.softmax(0)",
    "in a class within": (
        "def f(x):\n    class Soft:\n        kind = F.softmax\n        def run(self, x): return x.softmax(0)\n"
        "    return Soft().run(x)"
    ),
    "in a decorated function within": "def f(x):\n    @wrap\n    def s(y): return y.softmax(0)\n    return s(x)",
    "in a match": "def f(x):\n    match x.dim():\n        case 1: return x.softmax(0)\n    return x",
    "in except": "def f(x):\n    try: return x.softmax(9)\n    except IndexError: return x.softmax(0)",
    "by a global": "def f(x):\n    global s\n    s = F.softmax\n    return g(x)\ndef g(x): return s(x, 0)",
    "by a nonlocal": (
        "def f(x):\n    s = None\n    def choose():\n        nonlocal s\n        s = F.softmax\n    choose()\n"
        "    return s(x, 0)"
    ),
    "in a dictionary": "TOOLS = {'s': F.softmax}\ndef f(x): return TOOLS['s'](x)",
}
MENTIONED = {
    "imported only": "from torch.nn.functional import softmax\ndef f(x): return x",
    "imported within": "def f(x):\n    from torch.nn.functional import softmax\n    return x",
    "in a string and a comment": "def f(x):\n    'softmax'\n    return x  # F.softmax",
    "after return": "def f(x):\n    return x\n    return x.softmax(-1)",
    "after a return on both sides": "def f(x):\n    if x: return x\n    else: return 0\n    return x.softmax(-1)",
    "after a return under if True": "def f(x):\n    if True:\n        return x\n    return x.softmax(-1)",
    "under if False": "def f(x):\n    if False: return x.softmax(0)\n    return x",
    "under while 0": "def f(x):\n    while 0: x = x.softmax(0)\n    return x",
    "under False and": "def f(x):\n    if x is None and False: return x.softmax(0)\n    return x",
    "a bare name": "def f(x):\n    F.softmax\n    return x",
    "a local that nobody reads": "def f(x):\n    soft = F.softmax\n    return x",
    "a function within that nobody calls": "def f(x):\n    def s(y): return y.softmax(0)\n    return x",
    "a function of their own": "def softmax(x): return x\ndef f(x): return softmax(x)",
    "elsewhere": "def f(x): return x\nF.softmax(f(1), 0)",
}


@pytest.mark.parametrize("how", USED)
def test_a_use_is_found_however_it_is_written(how: str) -> None:
    assert judge(USED[how]) == ""


@pytest.mark.parametrize("how", MENTIONED)
def test_a_mention_is_no_use(how: str) -> None:
    assert judge(MENTIONED[how]).startswith("wrong_answer: `f` does not use `softmax`")


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("def f(m, x):\n    with torch.no_grad(): return m(x)", True),
        ("@torch.no_grad()\ndef f(m, x): return m(x)", True),
        ("@torch.inference_mode()\ndef f(m, x): return m(x)", True),
        ("def f(m, x):\n    with torch.no_grad(): pass\n    return m(x)", False),
        ("def f(m, x):\n    torch.no_grad\n    return m(x)", False),
    ],
)
def test_one_of_several_alternatives_is_enough(code: str, used: bool) -> None:
    assert (judge(code, apis=("no_grad | inference_mode",)) == "") is used


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("def f(n): return 1 if n < 2 else n * f(n - 1)", True),
        ("def f(n): return n and g(n - 1)\ndef g(n): return n and f(n - 1)", True),
        ("class f:\n    def go(self, n): return n and self.go(n - 1)", True),
        ("def f(n): return 1\n    f(n)", False),
        ("def f(n):\n    return 1\n    return f(n)", False),
        ("def f(n):\n    for _ in range(n): n = g(n)\n    return n\ndef g(n): return n - 1", False),
    ],
)
def test_recursion_is_a_call_of_itself_straight_or_through_others(code: str, used: bool) -> None:
    assert (judge(code, apis=("recursion",)) == "") is used


@pytest.mark.parametrize(
    ("first", "used"),
    [
        ("super().__init__()", True),
        ("super(f, self).__init__()", True),
        ("nn.Module.__init__(self)", True),
        ("pass", False),
        ("super().__repr__()", False),
    ],
)
def test_the_constructor_of_the_base_class_is_called(first: str, used: bool) -> None:
    code = f"class f(nn.Module):\n    def __init__(self):\n        {first}\n        self.a = nn.Linear(2, 2)"
    assert (judge(code, apis=("super().__init__", "nn.Linear")) == "") is used


def test_every_api_has_to_be_used() -> None:
    code = "def f(x):\n    for _ in x: pass\n    return x @ x"
    assert judge(code, apis=("@", "loop")) == ""
    assert "a matrix product" in judge("def f(x):\n    for _ in x: pass", apis=("loop", "@"))


def test_a_missing_name_and_an_authors_mistake_are_told_apart() -> None:
    assert judge("g = 1").startswith("missing_name")
    with pytest.raises(ValueError, match="needs the name"):
        judge("f = 1", apis=())
    with pytest.raises(ValueError, match="needs the name"):
        judge("f = 1", apis=("no_grad |",))


@given(st.lists(st.sampled_from(["x = x + 1", "if x: pass", "for _ in x: x = 1", "while x: break"]), max_size=6))
def test_what_stands_around_a_use_neither_hides_nor_makes_it(lines: list[str]) -> None:
    before = "".join(f"    {line}\n" for line in lines)
    assert judge(f"def f(x):\n{before}    return x.softmax(0)") == ""
    assert judge(f"def f(x):\n{before}    return x\n    x.softmax(0)")
