"""The converter for old notebooks is a library's, and trusts them."""

import json


def make(folder, honest):
    deep = {"cells": [], "worksheets": []}
    for _ in range(200):
        deep = {"cells": [deep, None, 3, "x"], "worksheets": [deep] if len(json.dumps(deep)) < 10_000 else []}
    cell = {"cell_type": "code", "language": "python", "input": ["x = 1\n", 7, None], "outputs": {"a": 1}}
    sheet = {"cells": [cell, deep, {"cell_type": ["code"]}, {"cell_type": "heading", "level": "9" * 50, "source": 4}]}
    notebook = {"nbformat": 2, "nbformat_minor": "x", "metadata": [1], "worksheets": [sheet, None, sheet]}
    (folder / "arena.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
