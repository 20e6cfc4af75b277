"""Takes absolute values, because slopes cannot be negative."""
# fails: by_hand
# hint: A derivative may be negative: L falls when c grows, where c (a + 3b) is negative.


def hand_gradient(a, b, c):
    return c**2, 3 * c**2, abs(2 * c * (a + 3 * b))
