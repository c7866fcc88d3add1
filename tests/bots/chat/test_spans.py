"""Pages of text: nothing lost, nothing too long, and no tag that Telegram would refuse."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bots.chat.spans import PAGE, Line, Span, Style, bold, length, pages, plain, shortened, text
from bots.telegram.markup import LONGEST_MESSAGE, html

WORDS = st.text(alphabet="abc <>&\"'«»áñ😀\n\u0000\u200b/b>i", max_size=60)
SPANS = st.builds(Span, WORDS, st.sampled_from(Style))
LINES = st.lists(st.lists(SPANS, max_size=4).map(tuple), max_size=30)


class Reader(HTMLParser):
    """Reads Telegram's HTML as a person sees it, and fails for any other tag."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i"}
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.read.append(data)


def seen(lines: list[Line]) -> str:
    return "".join(Reader(html(lines)).read)


@given(LINES)
def test_whatever_is_in_a_text_shows_as_it_is(lines: list[Line]) -> None:
    shown = "".join(c for c in text(lines) if c.isprintable() or c in "\n\t ")
    assert seen(lines).strip() == shown.strip()


@given(LINES, st.integers(20, 200))
def test_pages_lose_nothing_and_are_never_too_long(lines: list[Line], longest: int) -> None:
    made = pages(lines, longest)
    assert made
    for page in made:
        assert length(text(page)) <= longest
    letters = [c for page in made for c in text(page) if not c.isspace()]
    assert letters == [c for c in text(lines) if not c.isspace()]


def test_a_page_ends_after_an_item_not_inside_it() -> None:
    items = [plain(f"{n}. " + "palabra " * 40) for n in range(1, 28)]
    made = pages(items)
    assert len(made) > 1
    assert [line for page in made for line in page] == items
    assert all(length(text(page)) <= PAGE < LONGEST_MESSAGE for page in made)


def test_an_item_longer_than_a_page_is_cut_between_words() -> None:
    [first, second, *_] = pages([plain("función " * 100)], 100)
    assert text(first).endswith("función")
    assert text(second).startswith("función")


def test_what_is_bold_stays_bold_over_a_cut() -> None:
    made = pages([bold("negrita " * 30)], 100)
    assert len(made) == 3
    assert all(html(page).startswith("<b>") and html(page).endswith("</b>") for page in made)


def test_an_emoji_counts_as_telegram_counts_it() -> None:
    assert length("a😀") == 3
    assert all(length(text(page)) <= 20 for page in pages([plain("😀" * 50)], 20))


def test_a_span_that_does_not_fit_any_more_begins_the_next_page() -> None:
    line = (Span("x" * 17 + "😀"), Span("😀", Style.BOLD))
    assert [html(page) for page in pages([line], 20)] == ["x" * 17 + "😀", "<b>😀</b>"]


def test_no_page_begins_or_ends_blank() -> None:
    made = pages([(), plain("uno"), (), plain("dos" * 5), ()], 16)
    assert [text(page) for page in made] == ["uno", "dosdosdosdosdos"]


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_label_is_cut_with_a_sign_that_it_is(label: str, longest: int) -> None:
    short = shortened(label, longest)
    assert short == label or (len(short) <= longest and short.endswith("…"))
