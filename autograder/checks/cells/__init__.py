"""Checks that are cells of a notebook, as other tools have them: their free names are the student's."""
