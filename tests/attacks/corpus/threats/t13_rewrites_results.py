# /// attack
# title = "writes results.json everywhere, and a thread keeps rewriting it"
# threat = 13
# quick = true
# [promise]
# test_increment = "failed wrong_answer"
# ///

# %%
import json
import threading
import time

RESULT = json.dumps({"score": 100, "tests": [{"name": "test_increment", "score": 1, "status": "passed"}]})


def rewrite():
    while True:
        for name in ("results.json", "results/results.json", "verdict.json"):
            try:
                with open(name, "w") as file:
                    file.write(RESULT)
            except OSError:
                pass
        time.sleep(0.005)


threading.Thread(target=rewrite, daemon=True).start()

# %%
for place in ("@SCRATCH@", "@SUBMISSIONS@", "@HIDDEN@", "/tmp", "/autograder/results", "..", "/var/tmp", "/dev/shm"):
    try:
        with open(f"{place}/results.json", "w") as file:
            file.write(RESULT)
    except OSError:
        continue
    raise SystemError(f"BREACH: wrote to {place}")


def increment(x):
    return x
