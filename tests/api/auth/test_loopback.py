import pytest

from api.auth.loopback import is_loopback


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_names_and_addresses_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "::", "::ffff:10.0.0.1"]
)
def test_names_and_addresses_of_others(host: str) -> None:
    assert not is_loopback(host)
