import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rag.encoders.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.index.chroma_collection import COLLECTION, ChromaCollection
from rag.index.chroma_files import check_space


def test_files_of_a_new_graph_hold_nothing_of_the_memory(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.chroma_collection import ChromaCollection
collection = ChromaCollection(Path({str(tmp_path)!r}), "paragraphs", SentenceEmbeddings())
collection.put(["1"], [{{"cable_id": "1", "digest": "1"}}], [[0.5] * 384])
collection.rewrite()
collection.close()
"""
    perturbed = dict(os.environ, MALLOC_PERTURB_="85")  # glibc fills what it hands out with 0xAA
    subprocess.run([sys.executable, "-c", script], check=True, env=perturbed)
    (vectors,) = tmp_path.rglob("data_level0.bin")
    assert set(vectors.read_bytes()) == {0}
    with closing(ChromaCollection(tmp_path, COLLECTION, SentenceEmbeddings())) as opened:
        assert opened.nearest([0.5] * 384, 1)[0][0] == "1"


def test_room_is_asked_for_in_time(tmp_path: Path) -> None:
    check_space(tmp_path, 1)
    with pytest.raises(StoreUnavailable, match=r"only \d+ MB are free for the vector index; check the disk"):
        check_space(tmp_path, 10**15)
