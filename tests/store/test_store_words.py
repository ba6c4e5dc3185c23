"""The words of the index: by the quick way exactly those that the plain definition gives."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from mediation_desk.store.pinyin import initials, spellings
from mediation_desk.store.wording import body, tokens

_WORD = re.compile("[a-z0-9]+|[^\\W_]|[\U00020000-\U0003ffff]")
_BETWEEN = "\ue000"
# What is easily got wrong: wide and narrow forms, signs, marks that join the letter before them,
# characters that become several, those newer than Python's tables, and our own marks.
_LETTERS = st.text(
    st.one_of(
        st.sampled_from(
            "宅基地边界，。！？；：（）、“”《》abcXYZ012 İßÜü…½①Åか゛ﾊﾞ．１２㎡℃〇々_—-·\n\t"
        ),
        st.sampled_from("\u0301\u0308\u3099\u200d\ufe0f\u1161\ue000𠮷\U00030000\U0002ebf0"),
        st.characters(codec="utf-8"),
    ),
    max_size=30,
)


def _plainly(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("ü", "v"))


@given(_LETTERS)
@example("（一）排水沟应当共同清理；每户150元！")
@example("e\u0301，\u0301")
def test_the_quick_way_finds_the_same_words(text: str) -> None:
    assert tokens(text) == _plainly(text.replace(_BETWEEN, " "))


@given(st.lists(_LETTERS, max_size=4), _LETTERS)
def test_fields_stay_apart_in_what_is_indexed(texts: list[str], name: str) -> None:
    expected = ["mark"]
    for field in (*texts, name):
        expected += [_BETWEEN, *_plainly(field.replace(_BETWEEN, ""))]
    found = body(["mark"], texts, [name]).split()
    said = [mark + each for mark, of in (("\ue003", initials), ("\ue004", spellings))
            for each in of(name)]  # fmt: skip
    assert found == [*expected, _BETWEEN, *" ".join(said).split()]
