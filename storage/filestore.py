"""The bytes of attachments, sealed, in a directory beside the database. A file is there whole or not at all."""

import asyncio
import hashlib
import os
from pathlib import Path

from storage import trouble
from storage.secrets import Vault


class FileStore:
    """Named by the ids that `Files.expect` was given."""

    def __init__(self, directory: Path, vault: Vault) -> None:
        self._directory = directory
        self._vault = vault

    async def put(self, file_id: str, data: bytes) -> None:
        """Writing the same id again replaces it."""
        await asyncio.to_thread(self._put, self._path(file_id), data)

    async def get(self, file_id: str) -> bytes:
        """Raises `KeyError` when it is not here."""
        return await asyncio.to_thread(self._get, self._path(file_id))

    async def delete(self, file_id: str) -> None:
        """Nothing happens when it is gone already."""
        with trouble.translated():
            await asyncio.to_thread(self._path(file_id).unlink, missing_ok=True)

    def _path(self, file_id: str) -> Path:
        """Hashed, so that no id can lead elsewhere."""
        return self._directory / hashlib.sha256(file_id.encode()).hexdigest()

    def _put(self, path: Path, data: bytes) -> None:
        draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
        with trouble.translated():
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                _write(draft, self._vault.seal(data))
                draft.replace(path)
                _sync_directory(self._directory)
            finally:
                draft.unlink(missing_ok=True)

    def _get(self, path: Path) -> bytes:
        with trouble.translated():
            try:
                sealed = path.read_bytes()
            except FileNotFoundError:
                raise KeyError("no such file") from None
        return self._vault.open(sealed)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(path: Path) -> None:
    """The rename itself must survive a power cut too."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
