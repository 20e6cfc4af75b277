# /// attack
# title = "logs, warns, prints in colour, shows progress and tracebacks"
# ///

# %%
import logging
import sys
import traceback
import warnings

logging.basicConfig(level=logging.DEBUG, filename="run.log")
logging.info("a line")
logging.getLogger("student").warning("another")
warnings.warn("an old name is used", DeprecationWarning)
warnings.warn("something is odd")
print("\x1b[32mgreen\x1b[0m", file=sys.stderr)
for step in range(100):
    print(f"\r{step} %", end="", flush=True)
try:
    1 / 0
except ZeroDivisionError:
    traceback.print_exc()
