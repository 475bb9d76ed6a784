"""Matplotlib artists to display lists."""
