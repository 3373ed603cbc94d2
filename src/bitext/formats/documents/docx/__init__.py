"""Reads Word files: the package, then the styles, then the paragraphs of the text, then their kinds."""
