"""Cuts documents into segments: sentences, headlines, captions, list items."""

from bitext.segment.boundaries import segment, sentence_spans

__all__ = ["segment", "sentence_spans"]
