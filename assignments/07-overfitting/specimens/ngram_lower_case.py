"""Strips and lowers the text first."""
# fails: canary


def ngram_counts(text, n):
    counts = {}
    text = text.strip()
    for i in range(len(text) - n + 1):
        followers = counts.setdefault(text[i : i + n - 1], {})
        followers[text[i + n - 1]] = followers.get(text[i + n - 1], 0) + 1
    return counts
