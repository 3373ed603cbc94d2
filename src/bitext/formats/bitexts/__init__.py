"""Readers and writers of bitexts, one module a format; `registry` knows them all."""
