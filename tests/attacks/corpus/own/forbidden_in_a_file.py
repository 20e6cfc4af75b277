# /// attack
# title = "writes a module in pieces that no reader can put together, and takes its answer from there"
# [promise]
# test_softmax = "failed forbidden_api"
# ///

# %%
with open("hel" + "per.py", "w") as file:
    for piece in ("def f(x, d): ", "return x.soft", "max(d)\n"):
        file.write(piece)
import helper


def softmax(x, dim):
    return helper.f(x, dim)
