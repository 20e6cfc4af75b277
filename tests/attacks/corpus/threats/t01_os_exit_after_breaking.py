# /// attack
# title = "deletes an answer in one cell and leaves by os._exit in the next"
# threat = 1
# [promise]
# test_increment = "failed missing_name"
# ///

# %%
del increment

# %%
import os

os._exit(0)
