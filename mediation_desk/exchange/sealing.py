"""Keys of desks: signing a workbook, and sealing its records so that one desk alone can open them.

A desk has one Ed25519 key; what is sealed to it uses the X25519 key that follows from it. All of
it is PyNaCl's, which is loaded when first needed because it takes 15 ms.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mediation_desk.domain.problems import DeskError

SEED_BYTES = 32
# So many bytes a sealed part is longer than what lies in it.
EXTRA_BYTES = 17
_GROUPS, _DIGITS = 6, 4
# What is signed says what for, so that no signature can be passed off for another's purpose.
_SIGNED_BOOK, _SIGNED_UP = b"mediation-desk workbook\n", b"mediation-desk enrolment\n"
_SIGNED_ON = b"mediation-desk successor\n"


class NotToBeTaken(DeskError):
    """A workbook of ours that must not be taken: its signature or its seal is not in order."""


class NotOurs(NotToBeTaken):
    """What was sealed to another desk's key."""


class SealBroken(NotToBeTaken):
    """A sealed part that was changed."""


def new_seed() -> bytes:
    """The seed of a new key."""
    return os.urandom(SEED_BYTES)


class DeskKey:
    """A desk's own key, which never leaves its register; `public` names the desk to others.

    `earlier` are the seeds that it had before: what was sealed to them is still opened.
    """

    def __init__(self, seed: bytes, earlier: Sequence[bytes] = ()) -> None:
        self.seed = seed
        self._earlier = tuple(earlier)

    @cached_property
    def _signing(self) -> Any:
        from nacl.signing import SigningKey  # noqa: PLC0415 - see above

        return SigningKey(self.seed)

    @cached_property
    def public(self) -> str:
        """The public half, in hex."""
        return str(bytes(self._signing.verify_key).hex())

    def sign(self, content: bytes) -> str:
        """The signature of a workbook's description, in hex."""
        return self._sign(_SIGNED_BOOK + content)

    def sign_up(self, public: str, unit_id: str) -> str:
        """By the key of an invitation: that `public` is the key of the invited unit."""
        return self._sign(_signing_up(public, unit_id))

    def hand_on(self, public: str) -> str:
        """That `public` is the key of this desk from now on."""
        return self._sign(_SIGNED_ON + public.encode())

    def _sign(self, content: bytes) -> str:
        return str(self._signing.sign(content).signature.hex())

    def content_key(self, sealed: str) -> bytes:
        """The key that was sealed to this desk; raises `NotOurs` if it was sealed to another."""
        for seed in (self.seed, *self._earlier):
            opened = _opened(seed, sealed)
            if opened is not None:
                return opened
        raise NotOurs(sealed[:8])


def _opened(seed: bytes, sealed: str) -> bytes | None:
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.public import SealedBox  # noqa: PLC0415
    from nacl.signing import SigningKey  # noqa: PLC0415

    try:
        box = SealedBox(SigningKey(seed).to_curve25519_private_key())
        return bytes(box.decrypt(bytes.fromhex(sealed)))
    except (CryptoError, ValueError, TypeError):
        return None


def _signing_up(public: str, unit_id: str) -> bytes:
    return _SIGNED_UP + f"{public}\n{unit_id}".encode()


def is_signed(public: str, content: bytes, signature: str) -> bool:
    """Whether `public` signed the description of a workbook."""
    return _is_signed(public, _SIGNED_BOOK + content, signature)


def is_signed_up(invitation: str, public: str, unit_id: str, signature: str) -> bool:
    """Whether the holder of an invitation signed up `public` for a unit."""
    return _is_signed(invitation, _signing_up(public, unit_id), signature)


@dataclass(frozen=True, slots=True)
class Succession:
    """That a desk exchanged its key, signed by the one before."""

    old: str
    new: str
    signature: str


def leads(start: str, end: str, chain: Sequence[Succession]) -> bool:
    """Whether the desk of the key `start` handed on, perhaps more than once, to the key `end`."""
    at = start
    for link in chain:
        if at == link.old and _is_signed(at, _SIGNED_ON + link.new.encode(), link.signature):
            at = link.new
    return at == end


def chain_in(told: object) -> tuple[Succession, ...]:
    """The successions that a file tells; raises `TypeError` for anything else."""
    if not isinstance(told, list):
        raise TypeError(told)
    chain = tuple(Succession(*link) for link in told)
    if not all(type(text) is str for link in chain for text in (link.old, link.new)):
        raise TypeError(told)
    return chain


def chain_told(chain: Sequence[Succession]) -> list[list[str]]:
    """The successions as a file tells them."""
    return [[link.old, link.new, link.signature] for link in chain]


def _is_signed(public: str, content: bytes, signature: str) -> bool:
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.signing import VerifyKey  # noqa: PLC0415

    try:
        VerifyKey(bytes.fromhex(public)).verify(content, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def is_public_key(text: object) -> bool:
    """Whether `text` is a public key that something can be sealed to."""
    from nacl.exceptions import CryptoError  # noqa: PLC0415
    from nacl.signing import VerifyKey  # noqa: PLC0415

    if not isinstance(text, str) or text != text.lower():
        return False
    try:
        VerifyKey(bytes.fromhex(text)).to_curve25519_public_key()
    except (CryptoError, ValueError, TypeError, RuntimeError):
        return False
    return True


def fingerprint(public: str) -> str:
    """A public key as six groups of four digits, short enough to be compared by phone."""
    number = int.from_bytes(hashlib.sha256(bytes.fromhex(public)).digest()) % 10 ** (
        _GROUPS * _DIGITS
    )
    digits = f"{number:0{_GROUPS * _DIGITS}d}"
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


@dataclass(frozen=True, slots=True)
class Seal:
    """How a workbook is signed and to whom it is sealed: the desk's key, the other's and its name.

    `sign_up` is the invitation's signature over the desk's key, empty where there was none.
    """

    key: DeskKey
    to: str = ""
    name: str = ""
    sign_up: str = ""


def sealed_to(public: str, content: bytes) -> str:
    """A few bytes that the desk `public` alone can read, in hex."""
    from nacl.public import SealedBox  # noqa: PLC0415
    from nacl.signing import VerifyKey  # noqa: PLC0415

    box = SealedBox(VerifyKey(bytes.fromhex(public)).to_curve25519_public_key())
    return bytes(box.encrypt(content)).hex()


class Sealer:
    """Seals parts in their order under a key of its own, which is sealed to the desk `public`."""

    def __init__(self, public: str) -> None:
        from nacl import bindings  # noqa: PLC0415

        self.key: bytes = bindings.crypto_secretstream_xchacha20poly1305_keygen()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.key)
        self.header: str = header.hex()
        self.sealed_key: str = sealed_to(public, self.key)

    def sealed(self, part: bytes, *, last: bool) -> bytes:
        """The next part sealed; a stream without its `last` is known to be cut off."""
        from nacl import bindings  # noqa: PLC0415

        tag = (
            bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            if last
            else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        )
        return bytes(
            bindings.crypto_secretstream_xchacha20poly1305_push(self._state, part, None, tag)
        )


class Unsealer:
    """Opens the parts of a sealed stream in their order; raises `SealBroken`."""

    def __init__(self, key: bytes, header: str) -> None:
        from nacl import bindings  # noqa: PLC0415
        from nacl.exceptions import CryptoError  # noqa: PLC0415

        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self.finished = False
        try:
            bindings.crypto_secretstream_xchacha20poly1305_init_pull(
                self._state, bytes.fromhex(header), key
            )
        except (CryptoError, ValueError, TypeError) as error:
            raise SealBroken(header[:8]) from error

    def opened(self, part: bytes) -> bytes:
        """What lies in the next part."""
        from nacl import bindings  # noqa: PLC0415
        from nacl.exceptions import CryptoError  # noqa: PLC0415

        if self.finished:
            raise SealBroken(str(len(part)))
        try:
            content, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                self._state, part, None
            )
        except (CryptoError, ValueError, TypeError) as error:
            raise SealBroken(str(len(part))) from error
        self.finished = tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        return bytes(content)
