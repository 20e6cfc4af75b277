"""c of shape (1,)."""
# fails: rf_classifier


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        w, c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        self.w, self.c = w, c.reshape(1)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
