"""Keeps w and c in a closure."""
# fails: rf_classifier
# hint: The docstring promises the attributes w and c after fit.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        w, c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        self.weights = (w, c)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.weights[0] + self.weights[1]
