"""A folder whose modules have the names of what the grader imports."""

SHADOW = """
raise SystemError("BREACH: a module of the submission was imported in place of the real one")
"""
NAMES = ("torch", "numpy", "random", "socket", "struct", "msgspec", "sitecustomize", "traceback", "json", "copy")
WRONG = """
# %%
import copy, json, random, socket, struct, traceback
import msgspec, numpy, torch
import torch.nn.functional
import autograder


def increment(x):
    return x
"""


def make(folder, honest):
    one = folder / "student"
    for package in ("autograder", "autograder/wire", "autograder/checks", "test_arena", "torch/nn"):
        (one / package).mkdir(parents=True)
        (one / package / "__init__.py").write_text(SHADOW)
    for name in NAMES:
        if not (one / name).exists():
            (one / f"{name}.py").write_text(SHADOW)
    (one / "arena.py").write_text(honest + WRONG)
