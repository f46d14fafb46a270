"""Serve the built site on this machine, compressed as any host would: `python site/make/serve.py [PORT]`."""

import gzip
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer

BUILT = Path(__file__).resolve().parents[2] / "build" / "site"
COMPRESSED = (".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".xml")


class Handler(SimpleHTTPRequestHandler):
    """Answer with files; text goes compressed to whoever accepts that."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix not in COMPRESSED or not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def server(port: int = 0) -> BaseServer:
    """Return a server of the built site on this machine alone; port 0 lets the system choose.

    Raises
    ------
    OSError
        If the port is taken or not allowed.
    """
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(BUILT)))


def main(port: str = "8000") -> int:
    """Serve until interrupted."""
    try:
        running = server(int(port))
    except (OSError, OverflowError, ValueError) as error:
        print(f"error: port {port} cannot be used: {error}. Choose another: make serve PORT=8001", file=sys.stderr)
        return 1
    print(f"The site is at http://127.0.0.1:{port}/ until you press Ctrl+C.", flush=True)
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
