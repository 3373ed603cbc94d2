"""Encoders: what turns groups of segments into vectors."""
