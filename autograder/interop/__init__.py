"""The formats of other tools: their assignments in and out, their gradebooks, and what learning platforms hand over."""
