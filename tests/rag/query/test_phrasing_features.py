import numpy as np

from rag.query.phrasing_features import kind_features, question_tokens, token_features, token_vectors


def test_tokens_have_hints_of_what_they_are() -> None:
    tokens = question_tokens(
        "how many PREL cables from Quill in March 2008 about Lars, 12?", {"QUILL"}, {"how", "many"}
    )
    assert [token.hint for token in tokens] == [
        *("how", "many", "TAG", "OTHER", "OTHER", "POST", "OTHER", "TIME", "TIME", "OTHER", "OTHER"),
        *("OTHER", "NUMBER", "OTHER"),
    ]  # fmt: skip
    assert [token.text for token in tokens if token.known] == ["how", "many", "PREL", "Quill", "March", "2008", "12"]


def test_pieces_of_the_encoder_are_counted() -> None:
    [rare, common] = question_tokens("Zyxander lamp", set(), set(), [0, 3, 5, 9])
    assert (rare.pieces, common.pieces) == (3, 1)


def test_runs_of_unknown_words_are_one_in_the_features_of_a_kind() -> None:
    words = {"cables", "about"}
    assert kind_features(question_tokens("cables about tall lamps", set(), words)) == kind_features(
        question_tokens("cables about ships", set(), words)
    )


def test_each_token_has_features_of_its_neighbours() -> None:
    first, last = token_features(question_tokens("about lamps", set(), {"about"}))
    assert {"0=about", "1=OTHER", "-1=<>", "after=<>"} <= set(first)
    assert {"before=about", "-1,0=about,OTHER", "capital=False"} <= set(last)


def test_vectors_of_pieces_are_averaged_and_the_marks_left_out() -> None:
    tokens = question_tokens("ab c", set(), set())
    matrix = np.array([[9, 9], [1, 0], [0, 1], [1, 1], [9, 9]], dtype=np.float32)
    assert token_vectors(tokens, [0, 0, 1, 3, 0], matrix).tolist() == [[0.5, 0.5], [1.0, 1.0]]
