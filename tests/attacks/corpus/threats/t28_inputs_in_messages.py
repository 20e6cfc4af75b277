# /// attack
# title = "encodes its inputs in error messages, names of exceptions, output and figures, to learn them over attempts"
# threat = 28
# quick = true
# [promise]
# test_increment = "failed exception"
# test_softmax = "failed exception|forbidden_api"
# test_softmax_of_zeros = "failed exception"
# test_twice = "failed exception"
# ///

# %%
def told(x):
    return " ".join(f"{value:.9f}" for value in x.flatten().tolist())


def increment(x):
    print(told(x) * 1000)
    raise ValueError(told(x) * 100_000)


def softmax(x, dim):
    raise type(told(x)[:4000], (Exception,), {"__module__": told(x)})(told(x))


def twice(f, x):
    try:
        raise KeyError(told(x))
    except KeyError as error:
        error.add_note(told(x) * 1000)
        raise RecursionError(told(x)) from error
