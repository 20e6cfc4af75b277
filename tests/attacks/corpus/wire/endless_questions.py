# /// attack
# title = "asks the examiner back without end, and calls back and forth without end"
# threat = "wire"
# [promise]
# test_twice = "failed timeout|wrong_answer|protocol|exception|limit"
# test_each_example_once = "failed timeout|protocol|exception|limit|wrong_answer"
# ///

# %%
def twice(f, x):
    while True:
        f(x)


def read_all(data):
    while True:
        len(data)
