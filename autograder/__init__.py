"""Auto-graded deep-learning assignments."""
