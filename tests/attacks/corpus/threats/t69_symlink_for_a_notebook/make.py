"""Nothing but a link."""


def make(folder, honest):
    (folder / "student.py").symlink_to("/etc/passwd")
