"""Regresses on 0 and 1."""
# fails: rf_classifier
# hint: The targets are 0 and 1, so that scores lie around a half. They are -1 and +1: 2 * y - 1.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), y.double(), self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
