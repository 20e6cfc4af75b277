"""Makes data/digits.npz: the split of scikit-learn's digits that the hidden check of the classifier uses.

Run it by hand (`python make_data.py`); the result is committed. The split differs from the one in the notebook.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

if __name__ == "__main__":
    digits = load_digits()
    x_fit, x_held, y_fit, y_held = train_test_split(
        digits.data.astype(np.uint8),
        digits.target.astype(np.uint8),
        test_size=0.25,
        random_state=0,
        stratify=digits.target,
    )
    folder = Path(__file__).parent / "data"
    folder.mkdir(exist_ok=True)
    np.savez_compressed(folder / "digits.npz", x_fit=x_fit, y_fit=y_fit, x_held=x_held, y_held=y_held)
