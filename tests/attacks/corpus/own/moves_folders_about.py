# /// attack
# title = "moves, removes and remakes its folders while the grader counts and removes them"
# [promise]
# test_increment = "any"
# ///

# %%
import os
import shutil
import threading


def restless(number):
    mine, other = f"a{number}", f"b{number}"
    while True:
        try:
            os.makedirs(f"{mine}/c/d/e", exist_ok=True)
            with open(f"{mine}/c/file", "w") as file:
                file.write("x" * 1000)
            os.replace(mine, other)
            shutil.rmtree(other, ignore_errors=True)
            os.replace(f"{mine}/c", mine)
        except OSError:
            pass


def increment(x):
    for number in range(6):
        threading.Thread(target=restless, args=(number,), daemon=True).start()
    return x + 1
