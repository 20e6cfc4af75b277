"""Stores everything on the class."""
# fails: rf_classifier
# hint: w and c belong to the class, so that all classifiers share them: store them on self.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        kind = type(self)
        kind.w, kind.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
