"""The walls around a worker. Trusted code, outside of them."""
