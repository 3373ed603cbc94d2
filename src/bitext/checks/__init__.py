"""Rules that look at translation units and pages and say what a person should look at. One file a rule."""
