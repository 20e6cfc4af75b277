"""Gradescope: an autograder zip in which our own grading runs, and the program in it that Gradescope starts."""
