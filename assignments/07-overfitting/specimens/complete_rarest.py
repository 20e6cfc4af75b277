"""The least frequent character."""
# fails: canary
# says: least frequent


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += min(followers, key=lambda c: (followers[c], c))
    return text[len(prompt) :]
