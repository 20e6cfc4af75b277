# /// attack
# title = "answers with more objects than the examiner keeps, and asks for as many of its own"
# threat = "wire"
# [promise]
# test_each_example_once = "failed limit|timeout"
# test_twice = "failed limit|timeout"
# ///


# %%
def read_all(data):
    return [object() for _ in range(100_000)]


def twice(f, x):
    kept = []
    while True:
        kept.append([object() for _ in range(60_000)])
        f(kept)
