"""Centres features with the mean of the examples to be scored."""
# fails: rf_classifier
# hint: A score depends on which other examples are scored with it. Means come from the training set alone.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        Phi = rf_sign(X, self.M, self.b)
        self.mean = Phi.mean(0)
        self.w, self.c = ridge_fit(Phi, 2.0 * y.double() - 1, self.lam)
        return self

    def scores(self, X):
        Phi = rf_sign(X, self.M, self.b)
        return (Phi - Phi.mean(0)) @ self.w + self.c + self.mean @ self.w
