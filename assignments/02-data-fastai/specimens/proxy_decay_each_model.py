"""Each model's own accuracies."""
# fails: proxy
# hint: You list each model's own accuracy. Entry k-1 is the best of the first k.


def proxy_decay(valid_right, test_right):
    return valid_right.float().mean(1).tolist(), test_right.float().mean(1).tolist()
