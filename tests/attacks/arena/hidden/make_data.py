"""Writes data/points.npz, points of three classes around three centres: python make_data.py, same bytes every time."""

from pathlib import Path

import numpy as np


def main() -> None:
    draw = np.random.default_rng(7)
    centres = 2 * draw.normal(size=(3, 8))
    arrays = {}
    for part, count in (("train", 60), ("held", 96)):
        labels = draw.integers(0, 3, count)
        arrays[f"x_{part}"] = (centres[labels] + draw.normal(size=(count, 8))).astype("float32")
        arrays[f"y_{part}"] = labels
    np.savez(Path(__file__).parent / "data" / "points.npz", **arrays)


if __name__ == "__main__":
    main()
