# /// attack
# title = "the reference as it is"
# quick = true
# ///

# %%
finished = True
