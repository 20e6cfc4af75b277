# /// attack
# title = "leaves by os._exit in a cell of its own, hoping that what ends well has passed"
# threat = 1
# ///

# %%
import os

os._exit(0)
