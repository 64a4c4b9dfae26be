#!/usr/bin/python3
"""Takes the recording machine's hardware and operating system out of a pcapng file's section header, in place.

usage: pcapng-forget-host.py FILE...      one little-endian section, as mergecap writes it
"""
import struct
import sys

SECTION_HEADER, BYTE_ORDER = 0x0A0D0D0A, 0x1A2B3C4D
END, HARDWARE, SYSTEM = 0, 2, 3


def kept_options(options):
    """The options but the two that name the machine; each is code, length, value padded to 4 bytes."""
    kept, at = b'', 0
    while at < len(options):
        code, length = struct.unpack_from('<HH', options, at)
        size = 4 + (length + 3 & ~3)
        if code not in (HARDWARE, SYSTEM):
            kept += options[at:at + size]
        at += size
        if code == END:
            break
    return kept


def forget(data):
    kind, size, order = struct.unpack_from('<III', data)
    if kind != SECTION_HEADER or order != BYTE_ORDER:
        raise ValueError('not a little-endian pcapng file')
    fixed, options = data[8:24], kept_options(data[24:size - 4])
    total = 12 + len(fixed) + len(options)
    header = struct.pack('<II', kind, total) + fixed + options + struct.pack('<I', total)
    return header + data[size:]


for name in sys.argv[1:]:
    with open(name, 'rb') as file:
        content = forget(file.read())
    with open(name, 'wb') as file:
        file.write(content)
