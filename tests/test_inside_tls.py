"""The servers as the files of the deployment start them: TLS, verified, and for Redis a certificate of whoever comes."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import redis

from compliance_site import env
from tests.factories.certificates import make_certificates
from tests.test_deployment import PODS, SECRET_OBJECTS, TLS_SERVICES

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
_PATIENCE = 20


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `scripts/certificates.sh` makes them, under the names that Kubernetes gives its secret besides."""
    folder = make_certificates(tmp_path_factory.mktemp("tls"))
    for name in ("crt", "key"):
        shutil.copy(folder / f"probity.{name}", folder / f"tls.{name}")
    return folder


@pytest.fixture
def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    server = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def _asked(url: str, verify: ssl.SSLContext) -> int:
    for _ in range(10 * _PATIENCE):
        try:
            return httpx.get(url, verify=verify).status_code
        except httpx.ConnectError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise
            time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.mark.parametrize("name", ["web", "live"])
def test_web_and_live_speak_verified_tls_by_what_compose_sets(name: str, certificates: Path, free_port: int) -> None:
    told = {
        key: value.replace("/run/tls", str(certificates)) for key, value in TLS_SERVICES[name]["environment"].items()
    }
    started = {
        "web": [
            "gunicorn",
            "wsgiref.simple_server:demo_app",
            "--bind",
            f"127.0.0.1:{free_port}",
            "--no-control-socket",
        ],
        "live": ["uvicorn", "tests.fakes.hello:application", "--port", str(free_port), "--lifespan", "off"],
    }[name]
    url = f"https://127.0.0.1:{free_port}/"
    with _running([sys.executable, "-m", *started], told):
        assert _asked(url, ssl.create_default_context(cafile=str(certificates / "ca.crt"))) == 200
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            _asked(url, ssl.create_default_context())
        with pytest.raises(httpx.HTTPError):
            httpx.get(url.replace("https", "http"))


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_redis_of_kubernetes_takes_nobody_without_certificate_and_password(certificates: Path, free_port: int) -> None:
    command = [
        word.replace("/run/tls", str(certificates))
        .replace("$(REDISCLI_AUTH)", "PASSWORD")
        .replace("6379", str(free_port))
        for word in PODS["redis"]["containers"][0]["command"]
    ]
    told = SECRET_OBJECTS["probity-secrets"]["stringData"]["REDIS_URL"].replace("/run/tls", str(certificates))
    url = env.verified(told.replace("redis:6379", f"127.0.0.1:{free_port}"))
    with _running([*command, "--bind", "127.0.0.1"], {}):
        assert _pinged(url)
        for wrong in (
            url.replace("rediss", "redis").partition("?")[0],
            url.partition("&ssl_certfile")[0],
            url.replace("PASSWORD", "x"),
        ):
            with pytest.raises(redis.RedisError):
                redis.Redis.from_url(wrong).ping()


def _pinged(url: str) -> bool:
    for _ in range(10 * _PATIENCE):
        try:
            return bool(redis.Redis.from_url(url).ping())
        except redis.ConnectionError as error:
            if "Connection refused" not in str(error):
                raise
            time.sleep(0.1)
    raise AssertionError("Redis did not start")
