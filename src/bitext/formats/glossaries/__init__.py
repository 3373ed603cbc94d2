"""Readers of glossaries: one module per format."""
