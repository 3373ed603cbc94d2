"""The command line: a module a verb, from options by one call of the pipeline to a report and an exit code."""
