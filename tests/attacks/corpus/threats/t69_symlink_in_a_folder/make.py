"""A folder with a link."""


def make(folder, honest):
    one = folder / "student"
    one.mkdir()
    (one / "arena.py").write_text(honest)
    (one / "labels.txt").symlink_to("/etc/passwd")
