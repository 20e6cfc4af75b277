"""The prompt's own characters count as well."""
# fails: canary
# hint: The characters of the prompt are in your sum. They are given: only those of the continuation count.

import math


def log_probability(counts, n, prompt, continuation, n_symbols, alpha=0.01):
    whole, total = prompt + continuation, 0.0
    for i in range(n - 1, len(whole)):
        f = counts.get(whole[i - n + 1 : i], {})
        total += math.log((f.get(whole[i], 0) + alpha) / (sum(f.values()) + alpha * n_symbols))
    return total
