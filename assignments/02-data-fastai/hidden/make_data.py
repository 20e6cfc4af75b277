"""Writes data/digits.npz, the split that the checks of `train_classifier` use: python make_data.py, same bytes always.

480 digits of scikit-learn's to train on, 120 held out for the student, 600 for the check alone. The check turns or
mirrors the pictures and renames the classes before anything crosses to a submission.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def main() -> None:
    digits = load_digits()
    order, held = train_test_split(
        np.arange(len(digits.target)), train_size=600, test_size=600, random_state=0, stratify=digits.target
    )
    train, valid = train_test_split(order, test_size=120, random_state=0, stratify=digits.target[order])
    parts = {"train": train, "valid": valid, "held": held}
    arrays = {f"x_{name}": digits.images[rows].astype("uint8") for name, rows in parts.items()}
    arrays |= {f"y_{name}": digits.target[rows].astype("uint8") for name, rows in parts.items()}
    np.savez_compressed(Path(__file__).parent / "data" / "digits.npz", **arrays)


if __name__ == "__main__":
    main()
