"""A page for readers without scripts: nothing to press, nothing folded, answers at the end."""

from bs4 import Tag

from .book import Page, fragment

CONTROLS = (
    "script, style, button, .headerlink, .toctree-wrapper, .genindex-jumpbox, .kq-title,"
    " details.hide > summary"
)
"""What only a screen needs."""


def make_static(page: Page) -> None:
    """Change the article of a page in place."""
    article = page.article
    for tag in article.select(CONTROLS):
        tag.decompose()
    for fold in article.select("details.hide"):
        fold.unwrap()
    set_heading(page)
    answers = take_answers(page)
    solutions = take_solutions(page)
    for title, slug, entries in (
        ("Answers to the questions", "answers", answers),
        ("Solutions to the exercises", "solutions", solutions),
    ):
        if entries:
            add_section(page, title, slug, entries)


def set_heading(page: Page) -> None:
    """Say in the heading what the page is, for a reader who meets it in the middle of a book."""
    heading = page.article.select_one("h1")
    if page.name == "index":
        heading.string = page.title
    number = heading.select_one(".section-number")
    if number:
        number.string = f"{page.number} "


def add_section(page: Page, title: str, slug: str, entries: list[Tag]) -> None:
    """Put a section with some entries at the end of the page."""
    section = fragment(f'<section class="{slug}" id="{slug}"><h2>{title}</h2></section>')
    section.extend(entries)
    (page.article.select_one("section") or page.article).append(section)


def take_answers(page: Page) -> list[Tag]:
    """Give questions numbers, leave a link to the answer with each, and return the answers."""
    found = []
    for place in page.article.select("form.kq, .kl-still:has(> .kl-answer)"):
        name = f"{page.number or page.slug}.{len(found) + 1}"
        question, fold = f"question-{len(found) + 1}", place.select_one("details")
        fold.summary.decompose()
        answer = fragment(
            f'<div class="answer" id="answer-{len(found) + 1}">'
            f'<p class="answer-title"><a href="#{question}">Question {name}</a></p></div>'
        )
        answer.extend(list(fold.contents))
        fold.decompose()
        found.append(answer)
        title = fragment(
            f'<p class="question-title">Question {name} '
            f'<a class="to-answer" href="#{answer["id"]}">Answer</a></p>'
        )
        if place.name == "form":  # a form without a script would be empty or send something
            place.name, place.attrs = "div", {"class": ["asked"]}
            ask(place)
        place["id"] = question
        place.insert(0, title)
    return found


def ask(place: Tag) -> None:
    """Turn the parts of a form into those of a text."""
    place.fieldset.unwrap()
    place.legend.name = "p"
    place.select_one("p")["class"] = ["question-text"]


def take_solutions(page: Page) -> list[Tag]:
    """Leave a link to its solution with each exercise, and return the solutions."""
    found = []
    for fold in page.article.select("details.solution"):
        exercise = fold.find_previous("div", class_="exercise")
        label = exercise.select_one(".caption-number").get_text(strip=True)
        fold.summary.decompose()
        fold.name = "div"
        fold["class"] = ["solution"]
        title = fragment(
            f'<h3>Solution to <a href="#{exercise["id"]}">{label[0].lower()}{label[1:]}</a></h3>'
        )
        fold.insert(0, title)
        exercise.append(
            fragment(f'<p class="to-solution"><a href="#{fold["id"]}">Solution</a></p>')
        )
        found.append(fold.extract())
    return found
