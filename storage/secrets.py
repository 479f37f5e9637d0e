"""Seals what people wrote, and makes hashes that can be looked up but not turned back. Knows no tables.

A sealed field is `version (1) | key id (4) | nonce (12) | AES-256-GCM`. Not Fernet: a message costs several fields, and AES-GCM
takes 2 µs where Fernet takes 40 and a third more room. The key id makes rotation a look-up instead of a try of every key.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flows import errors

_VERSION = b"\x01"
_HEAD = 5  # version and key id
_NONCE = 12


class Vault:
    """`keys` are urlsafe base64 of 32 bytes, newest first: the newest seals, all of them open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._roots = _decoded(keys)
        self._ciphers = {_VERSION + _derived(root, b"id", 4): AESGCM(_derived(root, b"field")) for root in self._roots}
        self._newest = next(iter(self._ciphers))
        self._index_key = lru_cache(maxsize=None)(_derived)

    def seal(self, plain: bytes | str) -> bytes:
        data = plain.encode() if isinstance(plain, str) else plain
        nonce = os.urandom(_NONCE)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, data, self._newest)

    def open(self, sealed: bytes) -> bytes:
        """Raises `errors.BadSettings` when its key is not here, `errors.Unreadable` when it was damaged."""
        head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
        cipher = self._ciphers.get(head)
        if cipher is None:
            raise errors.BadSettings(
                [f"SECRET_KEYS: no key for what was sealed with key {head[1:].hex()}; add the old key at the end"]
            )
        try:
            return cipher.decrypt(nonce, body, head)
        except (InvalidTag, ValueError):
            raise errors.Unreadable("a sealed field is damaged") from None

    def rotate(self, sealed: bytes) -> bytes:
        """The same content under the newest key; unchanged when it is already."""
        return sealed if sealed.startswith(self._newest) else self.seal(self.open(sealed))

    def blind(self, kind: str, value: str) -> str:
        """A keyed hash under the newest key: equal values of one kind are equal, and nothing else can be told."""
        return self._blinded(self._roots[0], kind, value)

    def blinds(self, kind: str, value: str) -> tuple[str, ...]:
        """One for each key, newest first, to find what was hashed before a rotation."""
        return tuple(self._blinded(root, kind, value) for root in self._roots)

    def _blinded(self, root: bytes, kind: str, value: str) -> str:
        return hmac.new(self._index_key(root, b"blind:" + kind.encode()), value.encode(), hashlib.sha256).hexdigest()


def _derived(root: bytes, purpose: bytes, length: int = 32) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=b"meldpunt/1/" + purpose).derive(root)


def _decoded(keys: Sequence[str]) -> tuple[bytes, ...]:
    roots = [_root(key) for key in keys]
    problems = [f"SECRET_KEYS: key {at} is not 32 bytes in urlsafe base64" for at, root in enumerate(roots, 1) if root is None]
    if problems or not roots:
        raise errors.BadSettings(problems or ["SECRET_KEYS: there is none"])
    return tuple(root for root in roots if root is not None)


def _root(key: str) -> bytes | None:
    try:
        root = base64.b64decode(key.strip().encode(), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return root if len(root) == 32 else None


def load_or_make_keys(path: Path) -> tuple[tuple[str, ...], bool]:
    """The keys in this file, one a line, newest first; made on the first start (then the second value is True)."""
    try:
        return _loaded(path), False
    except FileNotFoundError:
        return _made(path)
    except OSError as error:
        raise errors.BadSettings([f"{path}: the key file cannot be read ({error.strerror})"]) from error


def _loaded(path: Path) -> tuple[str, ...]:
    if path.stat().st_mode & 0o077:
        raise errors.BadSettings([f"{path}: others can read the keys; run: chmod 600 {path}"])
    keys = tuple(line.strip() for line in path.read_text().splitlines() if line.strip())
    try:
        _decoded(keys)
    except errors.BadSettings as error:
        raise errors.BadSettings([problem.replace("SECRET_KEYS", str(path)) for problem in error.problems]) from None
    return keys


def _made(path: Path) -> tuple[tuple[str, ...], bool]:
    """Written whole under another name, then linked: of two that start at once, one wins and both use its key."""
    key = Fernet.generate_key().decode()
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return _loaded(path), False
    except OSError as error:
        raise errors.BadSettings([f"{path}: the key file cannot be made ({error.strerror})"]) from error
    finally:
        draft.unlink(missing_ok=True)
    return (key,), True
