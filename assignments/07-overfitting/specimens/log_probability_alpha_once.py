"""alpha in the denominator is not multiplied by V."""
# fails: canary
# hint: The denominator gets alpha once for each of the V characters, or the probabilities do not add up to one.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        total += math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha))
        text += c
    return total
