"""The logarithm of a product that underflows."""
# fails: canary
# hint: You multiply the probabilities and take the logarithm at the end. A long product becomes 0: add
#     logarithms.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, product = prompt, 1.0
    for c in continuation:
        f = counts.get(text[len(text) - n + 1 :], {})
        product *= (f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols)
        text += c
    return math.log(product)
