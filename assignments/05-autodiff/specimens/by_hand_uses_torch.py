"""Asks torch for the formulas."""
# fails: by_hand
# reason: forbidden_api


def hand_gradient(a, b, c):
    return tuple(torch_gradient(lambda a, b, c: (a + 3 * b) * c**2, float(a), float(b), float(c)))
