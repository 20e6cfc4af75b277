"""What JSON's grammar allows, or Python's reader takes, and nobody expects."""

import json


def make(folder, honest):
    cell = {"cell_type": "code", "metadata": {"autograder": {"exercise": "\ud800<b>"}}, "outputs": [], "source": honest}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    extra = '"a": NaN, "b": -Infinity, "c": 1e999, "d": ' + "9" * 1_000_000 + ', "\\ud800": "\\udfff", '
    (folder / "arena.ipynb").write_text("{" + extra + text[1:], encoding="utf-8")
