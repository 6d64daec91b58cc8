"""The proxies of the examples in docs/deploy, started by an ordinary user in a temporary folder."""

import os
import pwd
import re
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.processes import free_port, running, until

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "deploy"
HOSTS = ("cables.example.org", "example.org")
_PACKAGES = {"nginx": "nginx-light", "caddy": "caddy", "openssl": "openssl"}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that listens on loopback with a certificate of its own for the names of the examples."""

    port: int
    certificate: Path

    def client(self, host: str, sender: str = "127.0.0.1", **headers: str) -> httpx.Client:
        """A client of one of the names, with another loopback address if need be."""
        trusted = ssl.create_default_context(cafile=self.certificate)
        return _NamedClient(
            base_url=f"https://127.0.0.1:{self.port}",
            headers={"host": host, **headers},
            transport=httpx.HTTPTransport(verify=trusted, local_address=sender),
            timeout=60,
        )


class _NamedClient(httpx.Client):
    """Asks the address of the proxy for the name in the Host header."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        request.extensions["sni_hostname"] = request.headers["host"]
        return super().send(request, **options)


@contextmanager
def proxy(name: str, service_port: int) -> Iterator[Proxy]:
    """nginx or Caddy before the service. Skips the test where a program is not installed."""
    programs = {each: _installed(each) for each in (name, "openssl")}
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix=f"cables-{name}-"))
    try:
        _make_certificate(programs["openssl"], folder)
        port = free_port()
        config = (_nginx if name == "nginx" else _caddy)(folder, port, service_port)
        command = {
            "nginx": ["-p", str(folder), "-e", str(folder / "log"), "-c", str(config), "-g", "daemon off;"],
            "caddy": ["run", "--config", str(config), "--adapter", "caddyfile"],
        }[name]
        if user:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        started = Proxy(port, folder / "fullchain.pem")
        env = {"HOME": str(folder), "PATH": os.environ["PATH"]}
        log = folder.parent / f"{folder.name}.log"
        with running([programs[name], *command], log, env, user) as process:
            until(lambda: process.poll() is not None or _listens(started), 30, f"{name} starting")
            assert process.poll() is None, log.read_text()
            yield started
        log.unlink()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(name: str) -> str:
    if (found := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")) is None:
        pytest.skip(f"{name} is not installed: apt-get install {_PACKAGES[name]}")
    return found


def _make_certificate(openssl: str, folder: Path) -> None:
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    made = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    of = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=test", "-addext"]
    subprocess.run([openssl, "req", "-x509", *of, f"subjectAltName={names}", *made], check=True, capture_output=True)


def _nginx(folder: Path, port: int, service_port: int) -> Path:
    """The example with other ports, certificates and places for temporary files."""
    places = "".join(
        f"  {each}_temp_path {folder}/{each};\n" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("http {\n", f"pid {folder}/pid;\nhttp {{\n  access_log off;\n{places}", 1)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{service_port}").replace("/etc/ssl/cables", str(folder))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ")
    return _written(folder / "nginx.conf", text)


def _caddy(folder: Path, port: int, service_port: int) -> Path:
    """The example with another port, and with certificates that it need not get."""
    text = (EXAMPLES / "Caddyfile").read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{service_port}")
    tls = f"\ttls {folder}/fullchain.pem {folder}/privkey.pem\n"
    text = re.sub(r"^([\w.]+) \{\n", rf"\1:{port} {{\n{tls}", text, flags=re.MULTILINE)
    return _written(folder / "Caddyfile", "{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + text)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _listens(started: Proxy) -> bool:
    try:
        with started.client(HOSTS[0]) as client:
            return client.get("/healthz").is_success
    except httpx.HTTPError:
        return False
