"""An .ipynb in a folder in a zip, with what macOS adds."""

import json
import zipfile


def make(folder, honest):
    sources = [part.strip("\n") for part in honest.split("# %%\n") if part.strip()]
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo="}}
    stream = {"output_type": "stream", "name": "stdout", "text": ["\x1b[31mred\x1b[0m\n"]}
    cells = [
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [stream, picture], "source": source}
        for source in sources
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    with zipfile.ZipFile(folder / "Müller, Ada.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Assignment 1/", "")
        archive.writestr("Assignment 1/arena.ipynb", json.dumps(notebook))
        archive.writestr("Assignment 1/.ipynb_checkpoints/arena-checkpoint.ipynb", "{}")
        archive.writestr("__MACOSX/Assignment 1/._arena.ipynb", b"\x00\x05\x16\x07")
        archive.writestr("Assignment 1/.DS_Store", b"\x00")
