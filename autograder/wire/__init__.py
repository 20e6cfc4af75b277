"""The only code that both sides run: frames, values, and calls between the examiner and a worker.

Nothing here executes what it reads. torch is never imported: each side hands its own in.
"""
