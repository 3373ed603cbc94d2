"""Reports: a `Report` as text for a terminal or as JSON, an alignment or segments as rows. Values in, text out."""
