"""The context never moves on."""
# fails: canary
# hint: Your context stays the prompt's. Each character of the continuation becomes context for the next.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    total = 0.0
    for c in continuation:
        f = counts.get(prompt[len(prompt) - n + 1 :], {})
        total += math.log((f.get(c, 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
    return total
