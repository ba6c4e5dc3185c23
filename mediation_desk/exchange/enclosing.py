"""The bytes of attachments as lines of a sealed copy, beside the records that tell of them."""

import base64
import binascii
import hashlib
import json

from mediation_desk.words import tr

KIND = "bytes"
_START = b'["bytes",'


def enclosed_line(sha256: str, content: bytes) -> bytes:
    """The bytes of one attachment as a line."""
    return f'["{KIND}","{sha256}","{base64.b64encode(content).decode("ascii")}"]'.encode()


def is_enclosed(text: bytes) -> bool:
    """Whether a line is of bytes, and no record."""
    return text.startswith(_START)


def enclosed_in(text: bytes) -> tuple[str, bytes, str]:
    """The hash and the bytes of a line; why not, for bytes that do not have the hash they claim."""
    try:
        _, sha256, coded = json.loads(text)
        content = base64.b64decode(coded, validate=True)
    except (TypeError, ValueError, RecursionError, binascii.Error):
        return "", b"", tr("附件的内容读不出来。")
    if not isinstance(sha256, str) or hashlib.sha256(content).hexdigest() != sha256:
        return str(sha256)[:64], b"", tr("附件的内容与校验值不符。")
    return sha256, content, ""
