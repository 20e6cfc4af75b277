# /// attack
# title = "asks linecache, sys.modules, the import path and package metadata for the checks"
# threat = 25
# ///

# %%
import linecache
import sys

tests = [name for name in (*linecache.cache, *sys.modules) if "test_arena" in name]
for name in ("@HIDDEN@/test_arena.py", "@HIDDEN@/make_data.py", "test_arena.py"):
    tests += linecache.getlines(name)[:1]
if tests:
    raise SystemError(f"BREACH: {tests[:3]}")

# %%
import importlib

sys.path += ["@HIDDEN@", "@HIDDEN@/..", "@HIDDEN@/../public"]
for name in ("test_arena", "test_arena_public", "make_data", "hidden.test_arena"):
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    raise SystemError(f"BREACH: {module}")

# %%
import pkgutil

for name in ("autograder.examiner.session", "autograder.grading.attempt", "autograder.gradebook.book"):
    if sys.modules.get(name) is not None:
        raise SystemError(f"BREACH: {name} is loaded beside student code")
for place in ("@HIDDEN@", "@HIDDEN@/.."):
    found = list(pkgutil.iter_modules([place]))
    if found:
        raise SystemError(f"BREACH: {found[0]}")
