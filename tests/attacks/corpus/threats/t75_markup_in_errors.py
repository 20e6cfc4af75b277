# /// attack
# title = "puts escape sequences, HTML, template code and spreadsheet formulas into everything that people may read"
# threat = 75
# quick = true
# [promise]
# test_increment = "failed exception"
# test_pure = "failed exception"
# test_twice = "failed wrong_answer|wrong_type"
# test_each_example_once = "failed"
# ///

# %%
EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} =1+1 \x00\x08\u202egnp"
print(EVIL)


class Loud(Exception):
    pass


Loud.__name__ = Loud.__qualname__ = "<img src=x onerror=alert(1)>\x1b[31m"


class Value:
    pass


Value.__name__ = Value.__qualname__ = "=cmd|' /C calc'!A0<script>alert(2)</script>\x1b[32m"


def increment(x):
    raise Loud(EVIL)


def invert(x):
    exec(compile("raise ValueError('</pre><script>alert(3)</script>')", "<cell 1></pre><script>alert(4)</script>", "exec"))


def twice(f, x):
    return Value()


def read_all(data):
    return {EVIL: EVIL}

# %%
raise Loud(EVIL)
