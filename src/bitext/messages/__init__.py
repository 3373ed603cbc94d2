"""What users read, in English and Chinese: one catalogue of templates per language."""
