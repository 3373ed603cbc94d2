"""Segment, align and check Chinese-English document pairs."""
