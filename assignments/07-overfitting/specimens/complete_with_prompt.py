"""Gives the prompt back as well."""
# fails: canary
# says: prompt is not part


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += min(followers, key=lambda c: (-followers[c], c))
    return text
