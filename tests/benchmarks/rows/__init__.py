"""The rows of the table of `make bench`, each measured on its own: `measure()` gives what its module's name says."""
