"""An assignment whose reference is trained: a classifier of two overlapping clouds of points."""

from __future__ import annotations

from pathlib import Path

TOML = """
title = "Two clouds"

[[exercise]]
name = "train"
title = "Tell the clouds apart"
points = 3

[[exercise]]
name = "weights"
title = "Weights of your own"
points = 2
defines = ["Net"]

[limits]
seconds = 60
cell_seconds = 10
memory_mb = 1024
"""

NOTEBOOK = '''\
# %%
import torch

# %%
#| exercise: weights
# BEGIN SOLUTION
class Net(torch.nn.Linear):
    def __init__(self):
        super().__init__(2, 2)
# END SOLUTION

# %%
#| exercise: train
def train(x, y, seed):
    """A Net, trained on some of the points."""
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    some = torch.randperm(len(x))[:40]
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(30):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x[some]), y[some]).backward()
        optimizer.step()
    return model
    # END SOLUTION
'''

CHECKS = """\
import torch
from autograder.checks import Score, accuracy, check, load_weights, nll, retrained, second_chance, weights

NOISE = torch.Generator().manual_seed(1)
Y = torch.arange(600) % 2
X = torch.randn(600, 2, generator=NOISE) + 1.5 * (2 * Y - 1).unsqueeze(1)


def judged(model):
    logits = X[:400] @ model.weight.T + model.bias
    right = accuracy(logits.argmax(1), Y[:400], full=0.96, half=0.9)
    return Score.worst(right, nll(logits, Y[:400], full=0.2, half=0.5))


@check("train", points=3, seconds=20)
def test_training_generalises(student, rng):
    return second_chance(lambda seed: judged(student.train(X[400:], Y[400:], seed)), rng)


@check("weights", points=1, seconds=20)
def test_the_weights_that_were_handed_in(student, rng):
    if not getattr(student, "__autograder_weights__", {}):
        return None  # the reference of verify hands in none
    model = student.Net()
    load_weights(model, weights(student))
    return retrained(judged(model), lambda seed: judged(student.train(X[400:], Y[400:], seed)), rng, share=1)


@check("weights", points=1)
def test_net_is_linear(student):
    assert sum(p.numel() for p in student.Net().parameters()) == 6
"""


def write_trained_course(folder: Path) -> Path:
    """The course below `folder`; returns the assignment's folder."""
    assignment = folder / "assignments" / "07-clouds"
    (assignment / "hidden").mkdir(parents=True)
    (assignment / "assignment.toml").write_text(TOML)
    (assignment / "notebook.py").write_text(NOTEBOOK)
    (assignment / "hidden" / "test_clouds.py").write_text(CHECKS)
    return assignment
