# after the solution
# --- attack: each reply's record of calls ("seen") is a mebibyte of empty lists: 64 MiB of objects, kept with every public call
import sys
_msgpack = sys.modules["msgpack"]
_plain = _msgpack.packb
_RECORD = b"\xdc\x00\x09" + (b"\xdd\x00\x01\x86\x96" + b"\x90" * 0x18696) * 9   # 9 x 99,990 empty lists


def _forged(reply):
    if reply[1] != "value":
        return _plain(reply)
    return b"\x96" + _plain(reply[0]) + b"".join(map(_plain, reply[1:4])) + _RECORD + b"\x90"


_msgpack.packb = _forged
