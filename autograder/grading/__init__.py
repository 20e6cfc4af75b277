"""From a submission to its verdict: intake, one attempt, batches, and the proof of the checks."""
