"""The trusted side: runs pytest with the checks, and talks to student code only across the wire."""
