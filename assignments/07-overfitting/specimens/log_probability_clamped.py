"""Probabilities below 1e-6 are set to it."""
# fails: canary
# hint: You keep probabilities above a bound. alpha does that already, and a tiny alpha means tiny
#     probabilities.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    text, total = prompt, 0.0
    for character in continuation:
        followers = counts.get(text[len(text) - n + 1 :], {})
        total += math.log(
            max((followers.get(character, 0) + alpha) / (sum(followers.values()) + alpha * n_symbols), 1e-6)
        )
        text += character
    return total
