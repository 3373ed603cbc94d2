"""Readers of pages: one module per format, each a `parse` from decoded text to a Document."""
