"""Divides the features by the root of k."""
# fails: rf_classifier
# hint: The features are divided by the root of k, which makes the penalty k times as heavy. Take them as
#     rf_sign gives them.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        Phi = rf_sign(X, self.M, self.b) / len(self.b) ** 0.5
        self.w, self.c = ridge_fit(Phi, 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) / len(self.b) ** 0.5 @ self.w + self.c
