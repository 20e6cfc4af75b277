"""One file whose name is the attack; the name becomes the student's."""


def make(folder, honest):
    name = "=1+1 \x1b[31m<script>alert(1)<%2fscript><img src=x onerror=alert(1)>{{7*7}}.py"
    (folder / name).write_text(honest)
