"""A pattern that begins with blanks is tried at every line, and each time runs to the end of the blanks."""


def make(folder, honest):
    blanks = "# %%\n" + ("\n" + " " * 20) * 9_000 + "\nraise ValueError\n"
    (folder / "arena.py").write_text(honest + "\n# %%\ndel increment, invert\n" + blanks * 8, encoding="utf-8")
