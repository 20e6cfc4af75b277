"""Writes data/digits.npz, the split that the checks of `train` use: python make_data.py, same bytes every time.

It is the split of the notebook (scikit-learn's digits, a fifth held out, split seed 0, stratified). The checks
shuffle pixels and rename classes before anything crosses to a submission.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def main() -> None:
    digits = load_digits()
    x_train, x_held, y_train, y_held = train_test_split(
        digits.data.astype("uint8"), digits.target, test_size=0.2, random_state=0, stratify=digits.target
    )
    path = Path(__file__).parent / "data" / "digits.npz"
    np.savez_compressed(path, x_train=x_train, y_train=y_train, x_held=x_held, y_held=y_held)


if __name__ == "__main__":
    main()
