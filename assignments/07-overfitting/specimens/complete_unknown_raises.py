"""KeyError at an unknown context."""
# fails: canary
# says: KeyError


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts[text[len(text) - n + 1 :]]
        text += min(followers, key=lambda c: (-followers[c], c))
    return text[len(prompt) :]
