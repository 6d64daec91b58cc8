import pytest

from api.web.markup import button, icon_button, node, set_attributes, set_text
from tests.api.web.elements import drawn, texts

HOSTILE = "<img src=x onerror=alert(1)>"


def test_text_is_a_text_node_and_attributes_are_values() -> None:
    with drawn() as root:
        element = node("p", HOSTILE, "a b", aria_label=HOSTILE, for_="name", tabindex=None)
    assert texts(root) == [HOSTILE]
    assert element.tag == "p" and list(element.classes) == ["a", "b"]
    assert dict(element.props) == {"aria-label": HOSTILE, "for": "name"}


def test_none_removes_an_attribute() -> None:
    with drawn():
        element = node("p", aria_busy="true")
        set_attributes(element, aria_busy=None, data_mode="llm")
    assert dict(element.props) == {"data-mode": "llm"}


def test_the_text_of_an_element_made_with_text_can_be_replaced() -> None:
    with drawn() as root:
        element = node("p", "before")
        set_text(element, "after")
        assert texts(root) == ["after"]
        with pytest.raises(AssertionError):
            set_text(node("p"), "after")


def test_an_icon_button_has_a_name_and_hides_its_icon() -> None:
    with drawn():
        element = icon_button("up", "Good answer")
    (icon,) = element.descendants()
    assert element.props["aria-label"] == element.props["title"] == "Good answer"
    assert icon.props["aria-hidden"] == "true" and "icon-up" in icon.classes


def test_buttons_do_not_submit_forms() -> None:
    with drawn():
        assert button("Copy", lambda: None).props["type"] == icon_button("up", "Good").props["type"] == "button"
