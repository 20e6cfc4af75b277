"""Writes data/cancer.npz, the split that the checks of `train` use: python make_data.py, same bytes every time.

It is the split of the notebook (scikit-learn's breast cancer data, a fifth held out, split seed 0, stratified),
standardised by the training part. The checks reorder and flip features, and may exchange the classes, before anything
crosses to a submission.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


def main() -> None:
    cancer = load_breast_cancer()
    x_train, x_held, y_train, y_held = train_test_split(
        cancer.data, cancer.target, test_size=0.2, random_state=0, stratify=cancer.target
    )
    mean, std = x_train.mean(0), x_train.std(0)
    inputs = {"x_train": (x_train - mean) / std, "x_held": (x_held - mean) / std}
    path = Path(__file__).parent / "data" / "cancer.npz"
    np.savez_compressed(
        path,
        **{name: values.astype("float32") for name, values in inputs.items()},
        y_train=y_train.astype("uint8"),
        y_held=y_held.astype("uint8"),
    )


if __name__ == "__main__":
    main()
