"""The rank itself."""
# fails: canary


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    return float(sum(log_probability(counts, n, prompt, c, n_symbols, alpha) >= own - 1e-9 for c in candidates))
