"""Where submissions are graded: by the processes of this machine, or on the nodes of a cluster. A batch cannot tell."""

from autograder.grading.engines.engine import Capacity, Done, Engine, Task

__all__ = ["Capacity", "Done", "Engine", "Task"]
