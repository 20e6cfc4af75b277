"""+1 for class 0."""
# fails: rf_classifier
# hint: Class 0 gets the target +1. Then every border is right, and every guess is wrong.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 1 - 2.0 * y.double(), self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
