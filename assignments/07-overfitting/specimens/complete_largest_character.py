"""Among equals, the largest."""
# fails: canary
# hint: Among characters that are equally frequent you take the largest. It is the smallest.


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += max(followers, key=lambda c: (followers[c], c))
    return text[len(prompt) :]
