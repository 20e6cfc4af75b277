"""Draws new features in every fit."""
# fails: rf_classifier
# says: once, in __init__
# hint: M and b change in fit. They are there from the start, and stay.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.d, self.k, self.seed, self.lam = d, k, seed, lam

    def fit(self, X, y):
        self.seed += 1
        self.M, self.b = make_rf(self.d, self.k, self.seed)
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
