"""Bytes to values of the model and back: one file per format."""
