"""Bits."""
# fails: canary
# says: base 2
# hint: You take logarithms to base 2. The log-probability is asked for in natural ones.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        total += math.log2((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
        text += c
    return total
