# /// attack
# title = "magics, shell lines and display(), which notebooks are full of"
# ///

# %%
# %matplotlib inline
# !pip install torch

# %%
from IPython.display import display

display({"a": 1})
