import pytest

from evals.extras import import_extra
from rag.errors import BadInput


def test_an_installed_package_is_imported() -> None:
    assert import_extra("json.decoder").JSONDecoder


def test_a_missing_package_names_the_extra() -> None:
    with pytest.raises(BadInput, match=r"no-such-package is missing; install it with: pip install 'cables\[evals\]'"):
        import_extra("no_such_package.inner")
