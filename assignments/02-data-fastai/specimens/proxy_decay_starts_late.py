"""Begins with two models."""
# fails: proxy
# hint: You begin with two models. Of one, that one is chosen: K entries.


def proxy_decay(valid_right, test_right):
    chosen = [choose_model(valid_right[:k], test_right[:k]) for k in range(2, len(valid_right) + 1)]
    return [c[1] for c in chosen], [c[2] for c in chosen]
