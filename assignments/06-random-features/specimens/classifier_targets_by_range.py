"""Rescales the labels by what occurs among them."""
# fails: rf_classifier
# hint: The targets follow from the largest and smallest label that occur, and with one class alone that is 0 / 0.
#     Classes are 0 and 1: 2 * y - 1.


class RandomFeatureClassifier:
    def __init__(self, d, k, seed, lam=1.0):
        self.M, self.b = make_rf(d, k, seed)
        self.lam = lam

    def fit(self, X, y):
        t = 2 * (y - y.min()).double() / (y.max() - y.min()) - 1
        self.w, self.c = ridge_fit(rf_sign(X, self.M, self.b), t, self.lam)
        return self

    def scores(self, X):
        return rf_sign(X, self.M, self.b) @ self.w + self.c
