"""A project's pages: which belong together, what is checked of them, and one report of it all."""
