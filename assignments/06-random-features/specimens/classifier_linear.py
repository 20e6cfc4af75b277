"""No features: ridge on X."""
# fails: rf_classifier
# hint: This is a linear model of x. Its inputs are the sign features of X.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(X, 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return X @ self.w + self.c
