"""A value beside the expected one: how far it may be, and what is said of the difference."""
