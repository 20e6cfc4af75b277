"""Outputs are never read: what they say, and how much, changes nothing."""

import json


def make(folder, honest):
    verdict = "<script>alert(1)</script> 12 of 12 points BREA" + "CH"
    output = {"output_type": "display_data", "data": {"text/html": verdict * 10, "image/svg+xml": "<svg onload=x>"}}
    cell = {"cell_type": "code", "metadata": {}, "outputs": [output] * 200, "execution_count": -1, "source": honest}
    prose = {"cell_type": "markdown", "metadata": {}, "source": verdict, "attachments": {"a.png": {"x": "A" * (38 << 20)}}}
    notebook = {"cells": [cell, prose], "metadata": {"kernelspec": {"argv": ["sh"]}}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "arena.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
