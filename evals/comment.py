"""The comment on a pull request: how it changes the answers to the golden questions, in Markdown as GitHub renders it.

Questions and answers are untrusted text. They stand in HTML, escaped and without empty lines, so that nothing in them
is read as Markdown, and within `code` and `pre`, where GitHub notifies nobody and links nothing.
"""

import html
import re
import textwrap
from collections.abc import Collection, Sequence

from evals.against import ChangedQuestion
from evals.evaluation import Evaluation, shown_worse
from evals.gates import GateVerdict, gate_table
from evals.table import markdown_text
from evals.tables import against_base

_SHOWN = 20  # questions in each list; GitHub takes 65,536 characters
_QUESTION, _ANSWER = 300, 900  # characters
_WIDTH = 100


def comment(evaluations: Sequence[Evaluation], protected: Collection[str], floors: Sequence[GateVerdict] = ()) -> str:
    """The comment. Its first line is a marker that stays the same, by which the comment is found to be renewed.

    Answers are in it where the earlier run holds them. With a baseline, which holds none, it quotes no cable.
    """
    compared = [(each.name, each.against) for each in evaluations if each.against is not None]
    parts = [_marker(evaluations), _headline(evaluations, protected, floors)]
    for name, comparison in compared:
        parts.append(against_base(name, comparison, protected).markdown())
        parts.append(_questions(f"{name}: newly broken", "no longer", comparison.broken))
        parts.append(_questions(f"{name}: newly mended", "now", comparison.mended))
    if floors:
        parts.append(gate_table(floors).markdown())
    return "\n".join(part for part in parts if part)


def _marker(evaluations: Sequence[Evaluation]) -> str:
    names = re.sub(r"[^\w ,]", "_", ", ".join(evaluation.name for evaluation in evaluations))
    return f"<!-- cables eval: {names} -->"


def _headline(evaluations: Sequence[Evaluation], protected: Collection[str], floors: Sequence[GateVerdict]) -> str:
    worse = [f"- {markdown_text(each)}" for each in shown_worse(evaluations, protected)]
    worse += [
        f"- {markdown_text(str(floor).removeprefix('FAIL'))}: below its floor" for floor in floors if not floor.passed
    ]
    title = "the answers are worse" if worse else "no protected metric is shown worse"
    return "\n".join([f"## Evaluation: {title}", "", *worse, ""])


def _questions(title: str, when: str, changed: Sequence[ChangedQuestion]) -> str:
    if not changed:
        return ""
    head = f"<details><summary>{html.escape(title)} ({len(changed)})</summary>"
    rest = [f"<p>and {len(changed) - _SHOWN} more</p>"] if len(changed) > _SHOWN else []
    return "\n".join([head, *(_question(each, when) for each in changed[:_SHOWN]), *rest, "</details>", ""])


def _question(changed: ChangedQuestion, when: str) -> str:
    question = changed.question
    told = f"<code>{_line(question.id)}</code> {when} {html.escape(', '.join(changed.what))}"
    lines = [f"<p>{told}:<br><code>{_line(question.question)}</code></p>"]
    if changed.answers is not None:
        for title, answer in zip(("Then", "Now"), changed.answers, strict=True):
            lines.append(f"<p>{title}:</p><pre>{_block(answer)}</pre>")
    return "\n".join(lines)


def _line(text: str) -> str:
    return html.escape(textwrap.shorten(_printable(text), _QUESTION, placeholder=" ..."))


def _block(text: str) -> str:
    shortened = textwrap.shorten(_printable(text), _ANSWER, placeholder=" ...")
    return html.escape("\n".join(textwrap.wrap(shortened, _WIDTH))) or "(empty)"


def _printable(text: str) -> str:
    """The text in one line, without characters that change the direction or look of what stands around it."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in " ".join(text.split()))
