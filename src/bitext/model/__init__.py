"""Frozen values that pass between the stages. No I/O, no algorithm, standard library only."""
