"""k models are the first k - 1."""
# fails: proxy
# hint: Entry k-1 is for the first k models, [:k] for k = 1 ... K: yours is one behind.


def proxy_decay(valid_right, test_right):
    chosen = [choose_model(valid_right[: max(k, 1)], test_right[: max(k, 1)]) for k in range(len(valid_right))]
    return [c[1] for c in chosen], [c[2] for c in chosen]
