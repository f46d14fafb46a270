"""How much may cross the wire, in either direction. Whoever only counts bytes needs no NumPy for that."""

MAX_BYTES = 2**20  # of a frame
MAX_SIZE = MAX_BYTES // 8  # numbers of an array
MAX_ITEMS = 100_000  # of all the lists and tuples in one value together
MAX_DEPTH = 16
MAX_TEXT = 10_000  # characters of one string
MAX_DIGITS = 2_000  # of an integer
