# /// attack
# title = "text that runs backwards, is invisible, piles up, links, styles and escapes, in every place that people are shown"
# quick = true
# [promise]
# test_increment = "failed exception"
# ///

# %%
BAD = (
    "\u202e100/100\u202c \u2066\u2069\u200b\u200d\ufeff " + "e" + "\u0301" * 5000
    + "<script>alert(1)</script><img src=x onerror=alert(2)><style>.failed{display:none}</style>"
    + "<svg onload=alert(3)><a href='javascript:alert(4)'>x</a></pre></section></main>{{ 7 * 7 }}{% raw %}"
    + "\x1b]8;;http://example.org\x07link\x1b]8;;\x07\x1b[2J\x1b[1A\x9b2J\x90q\x9c\x00\x07\x08\r\v\f\x85\u2028\u2029"
    + "=HYPERLINK(1)\n=cmd|' /C calc'!A0\n@SUM(1)\n+1\n-1"
)
print(BAD)
class_of = type(BAD[:200], (ValueError,), {})


def increment(x):
    print(BAD)
    raise class_of(BAD)


# %%
raise class_of(BAD)
