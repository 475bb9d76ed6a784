"""What an EPUB says of itself: its contents, its files, and who can read it how."""

import mimetypes
import uuid
from html import escape

from .book import Page, plain_text
from .facts import Facts
from .paper import sections
from .xhtml import document

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xml:lang="{language}" prefix="schema: http://schema.org/">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:creator>{author}</dc:creator>
<dc:language>{language}</dc:language>
<dc:date>{date}</dc:date>
<dc:rights>{licence}</dc:rights>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:version">{version}</meta>
{accessibility}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""

ACCESSIBILITY = {
    "accessMode": ["textual", "visual", "mathOnVisual"],
    "accessModeSufficient": ["textual"],
    "accessibilityFeature": [
        "alternativeText",
        "MathML",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ],
    "accessibilityHazard": ["none"],
    "accessibilitySummary": [
        "Formulas are MathML, with TeX as alternative text. Figures have descriptions. "
        "Animations are shown as three still pictures each, with their labels."
    ],
}


def identifier(facts: Facts) -> uuid.UUID:
    """Return a name for this version of the book, always the same."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{facts.author}/{facts.title}/{facts.version}")


def title_page(facts: Facts) -> str:
    """Write the first file."""
    date = f"{facts.date.day} {facts.date:%B %Y}"
    body = f"""<section class="title-page" epub:type="titlepage">
<p><img src="cover.png" alt="Cover: {escape(facts.title)}"/></p>
<h1>{escape(facts.title)}</h1>
<p>{escape(facts.author)}</p>
<p>Version {facts.version}, {date}.<br/>{escape(facts.licence)}</p>
</section>"""
    return document(facts.title, facts.language, body, "frontmatter")


def navigation(facts: Facts, pages: list[Page]) -> str:
    """Write the contents, from which reading systems make a menu."""
    lines, part = ["<ol>"], ""
    for page in pages:
        if page.part != part:
            lines.append("</ol></li>" if part else "")
            part = page.part
            lines.append(f"<li><span>{escape(part)}</span><ol>")
        inner = "".join(
            f'<li><a href="{page.slug}.xhtml#{section["id"]}">'
            f"{escape(plain_text(section.h2))}</a></li>"
            for section in sections(page)
        )
        title = f'<a href="{page.slug}.xhtml">{escape(page.heading)}</a>'
        lines.append(f"<li>{title}{f'<ol>{inner}</ol>' if inner else ''}</li>")
    lines.append("</ol></li></ol>" if part else "</ol>")
    contents = "\n".join(lines)
    body = f"""<nav epub:type="toc" role="doc-toc" id="toc">
<h1>Contents</h1>
{contents}
</nav>
<nav epub:type="landmarks" hidden="">
<ol>
<li><a epub:type="titlepage" href="title.xhtml">Title page</a></li>
<li><a epub:type="toc" href="#toc">Contents</a></li>
<li><a epub:type="bodymatter" href="{pages[0].slug}.xhtml">Start of the book</a></li>
</ol>
</nav>"""
    return document(facts.title, facts.language, body, "frontmatter")


def package(facts: Facts, pages: list[Page], files: dict[str, str | bytes]) -> str:
    """Write the list of all files, their order, and what is known of the book."""
    spine = ["title.xhtml", "nav.xhtml", *(f"{page.slug}.xhtml" for page in pages)]
    return PACKAGE.format(
        identifier=identifier(facts),
        title=escape(facts.title),
        author=escape(facts.author),
        language=facts.language,
        licence=escape(facts.licence),
        version=facts.version,
        date=f"{facts.date:%Y-%m-%d}",
        modified=f"{facts.date:%Y-%m-%dT%H:%M:%SZ}",
        accessibility="\n".join(
            f'<meta property="schema:{name}">{escape(value)}</meta>'
            for name, values in ACCESSIBILITY.items()
            for value in values
        ),
        manifest="\n".join(item(name, files[name]) for name in files),
        spine="\n".join(f'<itemref idref="{identity(name)}"/>' for name in spine),
    )


def identity(name: str) -> str:
    """Return the name of a file within the list."""
    return "f-" + name.replace("/", "-").replace(".", "-")


def item(name: str, content: str | bytes) -> str:
    """Write the entry of a file."""
    properties = []
    if name == "nav.xhtml":
        properties.append("nav")
    if name == "cover.png":
        properties.append("cover-image")
    if isinstance(content, str) and name.endswith(".xhtml") and "<math" in content:
        properties.append("mathml")
    kind = "application/xhtml+xml" if name.endswith(".xhtml") else mimetypes.guess_type(name)[0]
    said = f' properties="{" ".join(properties)}"' if properties else ""
    return f'<item id="{identity(name)}" href="{name}" media-type="{kind}"{said}/>'
