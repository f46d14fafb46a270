"""Each reply brings a record of calls that is never looked at: a million empty lists, 64 MiB once they are objects."""

import sys

import numpy as np

EXERCISE = "optimizers"
REQUIREMENT = ("a decoded record that is never looked at",)
SHOWS = ("killed",)


# --- baseline
def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    return np.zeros((epochs + 1, len(start)))


nesterov = momentum


# --- attack
msgpack = sys.modules["msgpack"]
plain_pack = msgpack.packb
RECORD = b"\xdc\x00\x09" + (b"\xdd\x00\x01\x86\x96" + b"\x90" * 0x18696) * 9


def forged(reply):
    if reply[1] != "value":
        return plain_pack(reply)
    head = bytes([0x90 + len(reply)])
    return head + b"".join(map(plain_pack, reply[:4])) + RECORD + b"".join(map(plain_pack, reply[5:]))


msgpack.packb = forged
