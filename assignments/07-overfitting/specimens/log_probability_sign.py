"""The negative log-probability."""
# fails: canary
# hint: The sign is that of a loss. The logarithm of a probability is not positive.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        total -= math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
        text += c
    return total
