"""The one page of an archive: it lists the files, tells all that is recorded, and searches.

Everything is written into the page itself, and it forbids itself to ask for anything else. Without
scripts it can still be read from top to bottom.
"""

import json
from collections.abc import Mapping
from html import escape
from itertools import groupby
from urllib.parse import quote

from mediation_desk import paths
from mediation_desk.domain.called import called
from mediation_desk.domain.records import kind_of
from mediation_desk.exchange.archive.holding import ArchivedFile, ArchiveHead
from mediation_desk.exchange.archive.reading_aloud import told
from mediation_desk.words import tr

_FOUND = "共 {all} 件，找到 {found} 件"


def _template() -> str:
    return (paths.resources() / "archive" / "page.html").read_text(encoding="utf-8")


def _link(path: str, words: str) -> str:
    return f'<a href="{quote(path)}">{escape(words)}</a>'


def file_part(
    file: ArchivedFile, names: Mapping[str, str], pdf: str, scans: Mapping[str, str]
) -> str:
    """The part of the page about one file: a line, and below it all that is recorded.

    `pdf` and `scans` are the paths of its papers and attachments beside the page.
    """
    dispute = file.case.dispute
    ended = tr(dispute.outcome.label) if dispute.outcome else ""
    closed = dispute.closed_on.isoformat() if dispute.closed_on else ""
    line = (
        f"<b>{escape(file.number)}</b> <span>{escape(file.title)}</span> "
        f"<span>{escape(ended)}<br>{escape(closed)}</span> <span>{escape(file.retention)}</span>"
    )
    inside = [f"<p>{_link(pdf, tr('打开卷宗（PDF）'))}</p>"]
    for kind, records in groupby(file.case.records(), key=kind_of):
        inside.append(f"<h3>{escape(called(kind))}</h3>")
        for record in records:
            pairs = [
                f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>"
                for label, value in told(record, names, file.type_label)
            ]
            if record.id in scans:
                pairs.append(f"<dt></dt><dd>{_link(scans[record.id], tr('打开附件'))}</dd>")
            inside.append(f"<dl>{''.join(pairs)}</dl>")
    return (
        f'<details><summary>{line}</summary><div class="inside">{"".join(inside)}</div></details>'
    )


def kept_part(file: ArchivedFile) -> str:
    """The line about one file in the table of how long files are kept."""
    until = file.kept_until.isoformat() if file.kept_until else ""
    cells = (until, file.number, file.title, file.retention)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _left_out(head: ArchiveHead) -> str:
    """The numbers that the archive does not hold, each with why."""
    if not head.left_out:
        return ""
    lines = "".join(f"<li>{escape(n)}：{escape(why)}</li>" for n, why in head.left_out)
    return f"<h2>{escape(tr('不在本档案里的编号'))}</h2><ul>{lines}</ul>"


def whole_page(head: ArchiveHead, files: list[str], kept: list[str]) -> str:
    """The page around the parts of its files."""
    about = tr("{whose} {year}年结案的案卷，共{count}件。{by}于{on}制作。")
    heads = (tr("保管到"), tr("编号"), tr("案卷"), tr("保管期限"))
    private = tr("含完整的个人信息，只交给{receiver}保管，不要转发、不要上网。")
    parts = {
        "title": escape(tr("{whose}{year}年调解档案").format(whose=head.whose, year=head.year)),
        "about": escape(
            about.format(
                whose=head.whose,
                year=head.year,
                count=len(files),
                by=head.made_by,
                on=head.made_on.isoformat(),
            )
        ),
        "private": escape(private.format(receiver=head.receiver)),
        "search": escape(tr("查找：写两个字就行，如姓名、编号、事由；几个词用空格隔开")),
        "count": escape(tr("共 {count} 件").format(count=len(files))),
        "files": "\n".join(files),
        "keeping": escape(tr("保管期限")),
        "keeping_note": escape(
            tr("年限按本单位设置。期满也不自动销毁：销毁以前要鉴定、审批、登记。")
        ),
        "keeping_heads": "".join(f"<th>{escape(name)}</th>" for name in heads),
        "kept": "\n".join(kept),
        "left_out": _left_out(head),
        # A script ends at the first closing tag, wherever it stands.
        "found_words": json.dumps(tr(_FOUND), ensure_ascii=False).replace("</", "<\\/"),
    }
    made = _template()
    for name, words in parts.items():
        if name not in {"files", "kept"}:
            made = made.replace("{{" + name + "}}", words)
    # Last, so that nothing typed in a case is taken for a place of the template.
    before, _, rest = made.partition("{{files}}")
    middle, _, after = rest.partition("{{kept}}")
    return before + parts["files"] + middle + parts["kept"] + after
