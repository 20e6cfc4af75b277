"""A JSON object may name a key twice; readers differ in which they take."""

import json


def make(folder, honest):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": honest}]
    bad = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "1 / 0"}]
    text = f'{{"cells": {json.dumps(bad)}, "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5, "cells": {json.dumps(cells)}}}'
    (folder / "arena.ipynb").write_text(text, encoding="utf-8")
