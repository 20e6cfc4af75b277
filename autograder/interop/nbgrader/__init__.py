"""nbgrader (0.9): its source assignments in and out, and its gradebook. Read and written natively, without nbgrader;
only the gradebook goes through nbgrader itself, where it is installed."""
