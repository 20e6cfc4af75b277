"""scores gives the sign."""
# fails: rf_classifier
# hint: scores gives -1 and +1 only: leave the comparison with 0 to the caller.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return torch.sign(rf_sign(X, self.M, self.b) @ self.w + self.c)
