"""scores gives classes."""
# fails: rf_classifier
# hint: scores gives 0 and 1. A score is a number whose sign says the class, and whose size says how sure.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        return (rf_sign(X, self.M, self.b) @ self.w + self.c > 0).double()
