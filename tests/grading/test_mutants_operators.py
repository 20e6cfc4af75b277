"""Each operator: what becomes of a line that a student could have written."""

from __future__ import annotations

import textwrap

import pytest

from autograder.grading.mutants.generate import SolutionCell, mutants_of_cell
from autograder.grading.mutants.operators import OPERATORS


def afters(source: str, operator: str) -> list[str]:
    """What an operator makes of a cell that is open from its first line to its last: the changed lines."""
    return [after for _, after in changes(source, operator)]


def changes(source: str, operator: str) -> list[tuple[str, str]]:
    source = textwrap.dedent(source).strip("\n")
    lines = frozenset(range(1, source.count("\n") + 2))
    found = mutants_of_cell(SolutionCell(1, source, "exercise", lines))
    return [(mutant.before, mutant.after) for mutant in found if mutant.operator == operator]


LINES: list[tuple[str, str, list[str]]] = [
    ("reduction", "y = (w * x).sum()", ["y = (w * x).mean()"]),
    ("reduction", "y = torch.amax(x, dim=0)", ["y = torch.amin(x, dim=0)"]),
    ("reduction", "y = max(a, b)", ["y = min(a, b)"]),
    ("reduction", "y = x.std() + x.any()", ["y = x.var() + x.any()", "y = x.std() + x.all()"]),
    ("reduction", "y = sum(losses)", []),
    ("reduction", "y = x.argmax(1)", ["y = x.argmin(1)"]),
    ("term", "y = x - b", ["y = x", "y = -b"]),
    ("term", "y = x @ W.T + b", ["y = x @ W.T", "y = b"]),
    ("term", "y = ((a - b) ** 2).mean()", ["y = (a ** 2).mean()", "y = ((-b) ** 2).mean()"]),
    ("term", "y = (a + b).exp()", ["y = a.exp()", "y = b.exp()"]),
    ("term", "y = c * (a + (b - 1))", ["y = c * a", "y = c * (b - 1)", "y = c * (a + b)", "y = c * (a + (-1))"]),
    ("term", "y = x + 0", ["y = 0"]),
    ("term", "y = 'a' + name", []),
    ("factor", "y = 2 * x", ["y = 2", "y = x"]),
    ("factor", "y = right / seen", ["y = right"]),
    ("factor", "y = (x - m) ** 2", ["y = (x - m)"]),
    ("factor", "y = x * 1", ["y = 1"]),
    ("operator", "y = a - b", ["y = a + b"]),
    ("operator", "y = (a) * (b)", ["y = (a) / (b)"]),
    ("operator", "y = i % n // 2", ["y = i % n / 2", "y = i // n // 2"]),
    ("operator", "m = a & b", ["m = a | b"]),
    ("operator", "total += x", ["total -= x"]),
    ("overwritten", "total += x", ["total = x"]),
    ("sign", "y = -x.log()", ["y = x.log()"]),
    ("sign", "y = -1.0", ["y = 1.0"]),
    ("sign", "y = x[-1]", []),
    ("operands", "y = A @ B.T", ["y = B.T @ A"]),
    ("operands", "y = 2 * A @ B.T", ["y = B.T @ (2 * A)"]),
    ("operands", "y = a - b", ["y = b - a"]),
    ("operands", "y = (a - b) ** 2", ["y = 2 ** (a - b)"]),
    ("operands", "y = (a - b).abs() + abs(a - b)", []),
    ("operands", "y = a + b", []),
    ("axis", "y = x.sum(dim=0)", ["y = x.sum(dim=1)", "y = x.sum(dim=-1)"]),
    ("axis", "y = x.softmax(-1)", ["y = x.softmax(0)", "y = x.softmax(-2)"]),
    ("axis", "y = torch.cat([a, b], 1)", ["y = torch.cat([a, b], 0)", "y = torch.cat([a, b], 2)"]),
    ("axis", "y = F.softmax(x, dim=dim)", ["y = F.softmax(x, dim=-1)", "y = F.softmax(x, dim=0)"]),
    ("axis", "n = x.shape[2] + x.size(0)", [
        "n = x.shape[1] + x.size(0)",
        "n = x.shape[-1] + x.size(0)",
        "n = x.shape[2] + x.size(1)",
        "n = x.shape[2] + x.size(-1)",
    ]),
    ("axis", "y = torch.max(x, y)", []),
    ("axis", "y = x.reshape(1, 0)", []),
    ("fewer-axes", "y = x.var((0, 2, 3))", ["y = x.var((2, 3))", "y = x.var((0, 3))", "y = x.var((0, 2))"]),
    ("fewer-axes", "axes = (1, 2)", ["axes = (2,)", "axes = (1,)"]),
    ("fewer-axes", "shape = (1, 2)", []),
    ("no-axis", "y = x.mean(dim=1)", ["y = x.mean()"]),
    ("no-axis", "y = torch.sum(x, 1)", ["y = torch.sum(x)"]),
    ("no-axis", "y = x.squeeze(dim)", ["y = x.squeeze()"]),
    ("no-axis", "y = x.mean(dim=1, keepdim=True)", []),
    ("keepdim", "y = x.mean(1, keepdim=True)", ["y = x.mean(1, keepdim=False)"]),
    ("boundary", "y = a < b", ["y = a <= b"]),
    ("boundary", "y = (a) == (b)", ["y = (a) != (b)"]),
    ("boundary", "y = 0 < a <= 1", ["y = 0 <= a <= 1", "y = 0 < a < 1"]),
    ("boundary", "y = a in b", []),
    ("reversed", "y = a >= b", ["y = a <= b"]),
    ("connective", "y = a and b and c", ["y = a or b or c"]),
    ("connective", "y = a or b", ["y = a and b"]),
    ("negation", "y = x[~mask] if not a else b", ["y = x[~mask] if a else b", "y = x[mask] if not a else b"]),
    ("condition", "y = a if b else c", ["y = a if not b else c"]),
    ("condition", "y = a if b or d else c", ["y = a if not (b or d) else c"]),
    ("choice", "y = a if b else c", ["y = a", "y = c"]),
    ("choice", "y = [a for a in b if a.ok]", ["y = [a for a in b if True]"]),
    ("function", "y = x.exp()", ["y = x.exp2()"]),
    ("function", "y = math.log(n)", ["y = math.log2(n)"]),
    ("function", "y = math.sqrt(n) + abs(n)", []),
    ("function", "rows = torch.randperm(n)", ["rows = torch.arange(n)"]),
    ("function", "net = nn.ReLU()", ["net = nn.Sigmoid()"]),
    ("call-left-out", "y = x.detach().clone()", ["y = x.detach()", "y = x.clone()"]),
    ("call-left-out", "y = (a + b).float() * x.T", ["y = (a + b).float() * x", "y = (a + b) * x.T"]),
    ("call-left-out", "y = torch.exp(a + b) * c", ["y = (a + b) * c"]),
    ("call-left-out", "y = F.relu(x)", ["y = x"]),
    ("call-left-out", "y = loss.item()", ["y = loss"]),
    ("call-left-out", "g = torch.Generator().manual_seed(seed)", ["g = torch.Generator()"]),
    ("spread", "y = x.std(dim=0, correction=0)", ["y = x.std(dim=0, correction=1)"]),
    ("spread", "y = x.var()", ["y = x.var(correction=0)"]),
    ("layer", "net = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), last)", ["net = nn.Sequential(nn.Linear(1, 2), last)"]),
    ("twice-softmax", "loss = F.cross_entropy(scores, y)", ["loss = F.cross_entropy(scores.softmax(dim=-1), y)"]),
    ("number-type", "y = x.to(torch.float32)", ["y = x.to(torch.float64)"]),
    ("number-type", "y = x.float()", ["y = x.double()"]),
    ("whole-number", "y = x[:, 0]", ["y = x[:, 1]", "y = x[:, -1]"]),
    ("whole-number", "y = x[-1]", ["y = x[0]", "y = x[-2]"]),
    ("whole-number", "y = x / 255", ["y = x / 256", "y = x / 254"]),
    ("whole-number", "y = n + 1", ["y = n + 2", "y = n + 0"]),
    ("whole-number", "net = MLP(64, 30)", []),
    ("whole-number", "y = x.sum(dim=1) + x.permute(0, 2, 1)", []),
    ("real-number", "y = 0.5 * x + 1e-8", ["y = 1.0 * x + 1e-8", "y = 0.5 * x + 0.0"]),
    ("real-number", "opt = SGD(p, lr=0.3)", []),
    ("slice-bound", "y = x[:, :-k]", ["y = x[:, :-k + 1]", "y = x[:, :-k - 1]"]),
    ("rounds", "r = range(n)", ["r = range(n - 1)", "r = range(n + 1)", "r = range(1, n)"]),
    ("rounds", "r = range(1, 5)", ["r = range(1, 4)", "r = range(1, 6)"]),
    ("switch", "net = Linear(1, 2, bias=False)", ["net = Linear(1, 2, bias=True)"]),
    ("returned", "def f():\n    return (a, b)", ["return (b, a)"]),
    ("returned", "def f():\n    return f(a, b), c, d", ["return c, f(a, b), d"]),
    ("reduction-word", "y = F.nll_loss(x, t, reduction='sum')", ["y = F.nll_loss(x, t, reduction=\"mean\")"]),
    ("argument-left-out", "y = torch.randn(n, generator=g)", ["y = torch.randn(n)"]),
    ("argument-left-out", "y = x.clamp(min=0, max=1)", ["y = x.clamp(max=1)", "y = x.clamp(min=0)"]),
    ("arguments-swapped", "y = x.permute(0, 2, 1)", ["y = x.permute(2, 0, 1)", "y = x.permute(0, 1, 2)"]),
    ("arguments-swapped", "y = torch.maximum(a, b) + f(a, a) + f(*a, b)", []),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "line", "expected"), LINES, ids=[f"{o}: {line}" for o, line, _ in LINES])
def test_an_operator_rewrites_a_line_as_promised(operator: str, line: str, expected: list[str]) -> None:
    assert sorted(afters(line, operator)) == sorted(expected)


LOOP = """
def train_epoch(model, loader, opt):
    model.train()
    total = 0.0
    for x, y in loader:
        opt.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        opt.step()  # after backward
        total += loss.item()
        if total > 10:
            break
    total = total / len(loader)
    return total
"""


def test_each_step_of_a_training_loop_is_left_out_with_its_line() -> None:
    assert changes(LOOP, "step-left-out") == [
        ("model.train()", ""),
        ("opt.zero_grad()", ""),
        ("loss.backward()", ""),
        ("opt.step()  # after backward", ""),
    ]


def test_assignments_are_left_out_where_the_name_exists_before() -> None:
    assert changes(LOOP, "statement-left-out") == [
        ("total += loss.item()", ""),
        ("break", "pass"),
        ("total = total / len(loader)", ""),
    ]


def test_an_assignment_into_a_tensor_or_a_module_is_left_out() -> None:
    source = "def f(self, x):\n    out = x.clone()\n    out[0] = 1\n    self.mean = out\n    return out"
    assert changes(source, "statement-left-out") == [("out[0] = 1", ""), ("self.mean = out", "")]


def test_two_steps_change_places() -> None:
    assert changes(LOOP, "statements-swapped") == [
        ("loss.backward()\nopt.step()  # after backward", "opt.step()\nloss.backward()  # after backward")
    ]


def test_the_last_statement_of_a_block_becomes_pass() -> None:
    assert changes("if a:\n    step()", "step-left-out") == [("step()", "pass")]
    assert changes("a(); b()", "step-left-out") == [("a(); b()", "pass; b()"), ("a(); b()", "a(); pass")]


def test_a_guard_is_never_true_but_one_that_raises_is_not_always_true() -> None:
    source = "def f(a):\n    if a == 1:\n        raise ValueError('no')\n    if a:\n        return 2"
    assert changes(source, "guard") == [("if a == 1:", "if False:"), ("if a:", "if False:"), ("if a:", "if True:")]


def test_gradients_are_recorded_where_they_should_not_be() -> None:
    assert changes("with torch.no_grad():\n    f()", "with-gradients") == [("with torch.no_grad():", "if True:")]
    source = "@torch.no_grad()\ndef f():\n    return 1"
    assert changes(source, "with-gradients") == [("@torch.no_grad()", "")]


def test_work_in_place_falls_on_tensors_that_came_as_arguments() -> None:
    def one(line: str) -> list[str]:
        return afters(f"def f(x, y, k: int):\n    z = 1\n    return {line}", "in-place")

    assert one("x + y") == ["return x.add_(y)"]
    assert one("1 - x") == ["return x.neg_().add_(1)"]
    assert one("2 * x") == ["return x.mul_(2)"]
    assert one("(x - y.mean()).exp()") == ["return x.sub_(y.mean()).exp()"]
    assert one("x.exp()") == ["return x.exp_()"]
    assert one("z + k") == []
    assert one("k + 1") == []


def test_a_default_says_another_reduction() -> None:
    assert changes('def f(x, reduction="mean"):\n    return x', "reduction-word") == [
        ('def f(x, reduction="mean"):', 'def f(x, reduction="sum"):')
    ]


def test_a_long_repetition_may_be_one_round_longer() -> None:
    assert afters("for _ in range(40):\n    step()", "rounds") == []
    assert len(afters("for _ in range(3):\n    step()", "rounds")) == 3


def test_what_no_check_can_see_is_left_alone() -> None:
    source = '''
    def f(x: Tensor[1], y: "1 + 2" = None) -> Tensor[2]:
        """1 + 2"""
        print(x + 1)
        warnings.warn("a" * 3)
        message: list[1] = f"{x + 1}"
        assert message, f(1 + 2)
        raise ValueError(x.sum() + 1)
    '''
    source = textwrap.dedent(source).strip("\n")
    cell = SolutionCell(1, source, "exercise", frozenset(range(1, 9)))
    assert [mutant.after for mutant in mutants_of_cell(cell)] == []


def test_every_operator_is_shown_above() -> None:
    shown = {operator for operator, _, expected in LINES if expected}
    shown |= {"step-left-out", "statement-left-out", "statements-swapped", "guard", "with-gradients", "in-place"}
    assert shown == {operator.name for operator in OPERATORS}
