# /// attack
# title = "never answers: an endless loop, in Python, in C, and asleep"
# threat = "wire"
# quick = true
# [promise]
# test_increment = "failed timeout"
# ///

# %%
def increment(x):
    while True:
        pass
