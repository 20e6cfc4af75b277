# /// attack
# title = "answers with a range of 10^18 numbers, a set of colliding keys, integers of 20,000 digits, and dates of no calendar"
# [promise]
# "*" = "any"
# test_increment = "failed wrong_type|protocol|limit"
# test_pure = "failed wrong_type|protocol|limit|timeout"
# test_each_example_once = "failed"
# test_twice = "failed"
# test_loss = "failed"
# test_loss_gradient = "failed"
# ///

# %%
def increment(x):
    return range(10**18)


def invert(x):
    return {(1 << 61) * k - k: k for k in range(100_000)}


def read_all(data):
    for index in range(len(data)):
        data[index]
    return 10**24_000


def twice(f, x):
    f(x)
    f(x)
    return [10**24_000] * 700


def cross_entropy(logits, y):
    return complex(float("nan"), float("-inf"))
