# /// attack
# title = "a hundred and fifty cells, each of which ends its process: a new one for each"
# [promise]
# "*" = "failed timeout|limit|worker_died"
# ///

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)

# %%
import os

os._exit(0)
