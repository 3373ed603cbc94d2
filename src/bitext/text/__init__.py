"""Facts about characters and strings of both languages. Values in, values out; standard library at import time."""
