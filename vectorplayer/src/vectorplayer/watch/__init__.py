"""Which artists have changed since the last frame."""
