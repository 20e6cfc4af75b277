"""length is taken for the whole, prompt included."""
# fails: canary
# says: how long the whole is


def complete(counts, n, prompt, length):
    text = prompt
    while len(text) < length:
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += min(followers, key=lambda c: (-followers[c], c))
    return text[len(prompt) :]
