"""Stops one window too early."""
# fails: canary
# hint: The last window is missing: a text of L characters has L - n + 1 windows of n.


def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n):
        followers = counts.setdefault(text[i : i + n - 1], {})
        followers[text[i + n - 1]] = followers.get(text[i + n - 1], 0) + 1
    return counts
