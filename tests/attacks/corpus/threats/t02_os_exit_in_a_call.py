# /// attack
# title = "leaves by os._exit inside a call, as if all had gone well"
# threat = 2
# quick = true
# [promise]
# test_increment = "failed worker_died"
# ///

# %%
def increment(x):
    import os

    os._exit(0)
