"""Display lists to files: timeline, encoding, SVG, HTML, the writer and the player object."""
