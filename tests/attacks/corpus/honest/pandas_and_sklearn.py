# /// attack
# title = "pandas, scikit-learn and numpy"
# needs = ["pandas", "sklearn"]
# ///

# %%
import numpy as np
import pandas as pd

frame = pd.DataFrame({"a": [1, 2, 3], "b": list("xyz")})
frame.to_csv("frame.csv", index=False)
assert pd.read_csv("frame.csv").equals(frame)
assert frame.groupby("b").a.mean().sum() == 6
assert np.allclose(np.linalg.inv(np.eye(50) * 2), np.eye(50) / 2)

# %%
from sklearn.linear_model import LogisticRegression

model = LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
assert list(model.predict([[0.0], [3.0]])) == [0, 1]
