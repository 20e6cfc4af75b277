"""Level 3 of the walls: a container of Docker's or Podman's in which zygotes run."""
