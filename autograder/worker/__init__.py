"""The untrusted side: what runs beside student code, inside the walls. It holds no check, no label, no answer."""
