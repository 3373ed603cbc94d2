"""What a project lays down for its checks: `bitext.toml` or `[tool.bitext]`, read into a frozen value."""
