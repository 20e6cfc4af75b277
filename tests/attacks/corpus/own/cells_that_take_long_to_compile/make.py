"""Intake compiles every cell before any worker sees it."""


def make(folder, honest):
    names = "# %%\nif 0:\n    import " + "a." * 99_000 + "a\n"
    (folder / "arena.py").write_text(honest + "\n" + 2 * names, encoding="utf-8")
