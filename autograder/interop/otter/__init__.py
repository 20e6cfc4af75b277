"""otter-grader 7: its source notebooks become ours, and ours are graded by it."""
