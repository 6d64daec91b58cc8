"""Every setting of the product, by the name of its environment variable."""

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from docs.hooks import settings_page

SETTINGS_CLASSES: tuple[type[BaseSettings], ...] = tuple(settings for _, settings in settings_page.CLASSES)


def variables(settings: type[BaseSettings]) -> dict[str, FieldInfo]:
    """The fields of a settings class by the environment variable that sets them."""
    return {variable: settings.model_fields[name] for variable, name in settings_page.variables(settings)}


def all_variables() -> dict[str, FieldInfo]:
    """The variables of all settings classes."""
    return {name: field for settings in SETTINGS_CLASSES for name, field in variables(settings).items()}
