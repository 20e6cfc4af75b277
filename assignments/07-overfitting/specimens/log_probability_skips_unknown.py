"""Unknown contexts cost nothing."""
# fails: canary
# hint: You leave out characters after an unknown context. There the formula gives 1 / V.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :])
        text += c
        if f:
            total += math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
    return total
