"""What a link to a page looks like in a chat: a title, a description, a picture."""

from PIL import Image


def tags(page):
    return {tag["property"]: tag["content"] for tag in page.select("meta[property^='og:']")}


def test_page_has_title_description_and_picture(written, book, read_page):
    page = read_page(written)
    found = tags(page)
    assert found["og:title"] in page.title.get_text()
    assert 20 <= len(found["og:description"]) <= 201
    assert not set("\\${}<>") & set(found["og:description"])
    assert page.select_one("meta[name=description]")["content"] == found["og:description"]
    picture = (book / f"{written}.html").parent / found["og:image"]
    with Image.open(picture) as image:
        assert [str(side) for side in image.size] == [
            found["og:image:width"],
            found["og:image:height"],
        ]


def test_descriptions_differ(read_page):
    from table_of_contents import WRITTEN

    found = [tags(read_page(name))["og:description"] for name in WRITTEN]
    assert len(set(found)) == len(found)
