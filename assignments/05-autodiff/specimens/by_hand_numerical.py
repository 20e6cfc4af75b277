"""Differences in place of formulas."""
# fails: by_hand


def hand_gradient(a, b, c):
    def f(a, b, c):
        return (a + 3 * b) * c**2

    h = 1e-6
    return (f(a + h, b, c) - f(a, b, c)) / h, (f(a, b + h, c) - f(a, b, c)) / h, (f(a, b, c + h) - f(a, b, c)) / h
