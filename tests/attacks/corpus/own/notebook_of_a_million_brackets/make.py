"""JSON that a recursive reader does not survive."""


def make(folder, honest):
    depth = 1_000_000
    (folder / "arena.ipynb").write_text('{"cells": ' + "[" * depth + "]" * depth + "}", encoding="utf-8")
