"""Among equals, the first that was seen."""
# fails: canary
# says: first one seen


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += max(followers, key=followers.get)
    return text[len(prompt) :]
