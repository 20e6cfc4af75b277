"""V is the number of followers that were seen."""
# fails: canary
# hint: You use the number of different followers of the context for V. It is n_symbols.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        total += math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * max(len(f), 1)))
        text += c
    return total
