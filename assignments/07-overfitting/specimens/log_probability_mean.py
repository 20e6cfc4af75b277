"""The mean over the characters."""
# fails: canary
# hint: You take the mean over the characters. It is the sum.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        total += math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
        text += c
    return total / max(len(continuation), 1)
