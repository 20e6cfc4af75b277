# /// attack
# title = "removes, renames and replaces its own work folder"
# ///

# %%
import os
import shutil

here = os.getcwd()
for attempt in (
    lambda: os.rmdir(here),
    lambda: os.rename(here, here + "-moved"),
    lambda: os.rename(here, os.path.join(os.path.dirname(here), "0" * 16)),
    lambda: os.symlink("@CANARY@", os.path.join(here, "link")),
    lambda: os.mkdir(os.path.join(os.path.dirname(here), "f" * 16)),
):
    try:
        attempt()
    except OSError:
        continue
    if not os.path.isdir(here) or os.listdir(os.path.dirname(here)):
        raise SystemError("BREACH: it reached the folder of all workers' folders")
shutil.rmtree(here, ignore_errors=True)
os.makedirs(here, exist_ok=True)
