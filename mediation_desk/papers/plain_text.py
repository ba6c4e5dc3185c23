"""A paper as plain text, to be pasted into a report that somebody else writes."""

from mediation_desk.papers.paper import Heading, Paper
from mediation_desk.words import tr

_INDENT = "　　"


def plain_text(paper: Paper, *, sources: bool = False) -> str:
    """The paper in lines; with `sources` each number is marked and told below where it is from."""
    lines = [paper.title, ""]
    count = 0
    for part in paper.parts:
        if isinstance(part, Heading):
            lines.append(_INDENT + part.text)
            continue
        said = []
        for piece in part.pieces:
            if isinstance(piece, str):
                said.append(piece)
                continue
            count += 1
            said.append(f"{piece.text}[{count}]" if sources else piece.text)
        lines.append(_INDENT + "".join(said))
    if sources:
        lines += ["", tr("数字出处（{calibre}）").format(calibre=paper.calibre.rstrip("。"))]
        lines += [
            f"[{number}] {entry.text}：{entry.source.label}，{entry.source.place}。"
            for number, entry in enumerate(paper.numbers(), 1)
        ]
    return "\n".join(lines) + "\n"
