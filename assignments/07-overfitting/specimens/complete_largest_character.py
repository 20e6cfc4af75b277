"""Among equals, the largest."""
# fails: canary
# says: the largest


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += max(followers, key=lambda c: (followers[c], c))
    return text[len(prompt) :]
