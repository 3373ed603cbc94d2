"""Reads HTML pages: tokens, then a tree, then chunks of running text, then the main text as blocks."""
