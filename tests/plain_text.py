"""Looking for what must not be read: a text in every writing that a program might have left."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def written(text: str) -> set[bytes]:
    """A text as it may stand in a file; Qt and Python also escape what is not ASCII."""
    spelled = {text.encode(writing) for writing in WRITINGS}
    escaped = text.encode("ascii", "backslashreplace")
    return spelled | {escaped, b"".join(b"\\x%x" % ord(sign) for sign in text)}


def contents(content: bytes) -> Iterator[bytes]:
    """The bytes of a file and of everything packed into it, zips in zips as well."""
    yield content
    for start in (b"\x1f\x8b", b"x\x9c", b"x\xda"):
        if content.startswith(start):
            with suppress(zlib.error):
                yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name.encode()
            yield from contents(packed.read(name))


def files(*folders: Path) -> list[Path]:
    """Every file in folders, or the file itself."""
    return [path for folder in folders for path in (folder, *folder.rglob("*")) if path.is_file()]


def telling(paths: Iterable[Path], secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Which file tells which secret, in its content or by its name."""
    wanted = [(secret, form) for secret in secrets for form in written(secret)]
    found = set()
    for path in paths:
        found |= {(str(path), secret) for secret, _ in wanted if secret in path.name}
        for content in contents(path.read_bytes()):
            found |= {(str(path), secret) for secret, form in wanted if form in content}
    return sorted(found)
