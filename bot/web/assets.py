"""The files of the pages, read once at start; their address holds a hash of all of them, so a browser may keep them for ever."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"
TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Assets:
    """One hash for all: the modules import each other by relative address."""

    version: str
    files: Mapping[str, bytes]

    def url(self, name: str) -> str:
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self.files:
            raise web.HTTPNotFound
        # Another version: a page of before the upgrade, on a server of after it. Give what there is, and let nobody keep it.
        current = request.match_info["version"] == self.version
        headers = {"Cache-Control": FOR_EVER if current else "no-store"}
        return web.Response(body=self.files[name], content_type=TYPES[Path(name).suffix], charset="utf-8", headers=headers)


def load(folder: Path = FOLDER) -> Assets:
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in TYPES}
    digest = hashlib.sha256()
    for name, body in files.items():
        digest.update(name.encode() + b"\0" + body)
    return Assets(digest.hexdigest()[:16], files)
