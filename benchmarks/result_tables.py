"""Tables of results, and their place in README.md."""

from pathlib import Path

README = Path(__file__).parent / "README.md"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def put_into_readme(report: str, begin: str, end: str) -> None:
    """Replace what stands between two marks."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    _, after = rest.split(end)
    README.write_text(before + begin + "\n" + report + "\n" + end + after, encoding="utf-8")
