"""A page of HTML taken apart: its tags, what a reader sees of it, and its tables."""

from html.parser import HTMLParser

VOID = {"meta"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "figcaption", "caption", "summary", "td", "th", "text"}


class Page(HTMLParser):
    """The page taken apart; its tags must be balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        #: what a reader sees, a paragraph, heading, item, cell or text in a picture each, with its tag; without code
        self.blocks: list[tuple[str, str]] = []
        #: table's id -> its rows, each the cells' texts
        self.tables: dict[str, list[list[str]]] = {}
        self.ident = ""
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in BLOCKS:
            self.blocks.append((tag, ""))
        if tag == "div" and (dict(attrs).get("class") or "").startswith("tabell"):
            self.ident = dict(attrs)["id"] or ""
            assert self.ident not in self.tables
            self.tables[self.ident] = []
        elif tag == "tr":
            self.tables[self.ident].append([])
        elif tag in ("td", "th"):
            self.tables[self.ident][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open  # elsewhere HTML does not know it
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if BLOCKS & set(self.open) and "code" not in self.open:
            tag, words = self.blocks.pop()
            self.blocks.append((tag, words + data))
        if self.open and ("td" in self.open or "th" in self.open):
            self.tables[self.ident][-1][-1] += data

    def row(self, table: str, name: str) -> list[str]:
        """The cells behind a row's name."""
        (row,) = [row[1:] for row in self.tables[table] if row and row[0] == name]
        return row
