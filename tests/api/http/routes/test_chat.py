"""`POST /chat` with a language model behind it."""

from pathlib import Path

from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.events import events_of
from tests.rag.openai_server import ModelReply, openai_server

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
SENTENCES = [
    "The idea came from the chief of staff, Leopold Starkey, and not from the Navy [1].",
    "The idea came from Admiral Nelson [1].",
    "Leopold Starkey is the chief of staff [1].",
]


def test_sentences_stream_after_they_are_verified(sample_store: Path) -> None:
    def script(prompt: str) -> ModelReply:
        if "<sentence>" in prompt:
            return ModelReply("NO" if "Nelson" in prompt else "YES")
        return ModelReply(" ".join(SENTENCES))

    with openai_server(script) as server:
        settings = Settings(store=sample_store, llm="openai:scripted", llm_base_url=server.url, llm_api_key="key")
        with client_of(settings) as client:
            body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
            events = events_of(client.post("/chat", json=body).text)
    answer = events[-1][1]
    told = [data for name, data in events if name == "sentence"]
    assert answer["mode"] == "llm"
    assert told == [sentence for sentence in answer["sentences"] if sentence["supported"]]
    assert len(told) == 2
    assert "Nelson" not in "".join(sentence["text"] for sentence in told) + answer["answer"]
