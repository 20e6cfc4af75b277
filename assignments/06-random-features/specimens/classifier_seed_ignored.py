"""Always seed 0."""
# fails: rf_classifier
# hint: The seed is not used: make_rf gets another one.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, 0)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
