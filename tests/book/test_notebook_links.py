"""Each chapter offers its notebook, with outputs, beside its source."""

import nbformat


def test_menu_offers_the_notebook_with_its_outputs(chapter, book, read_page):
    links = read_page(chapter).select(".dropdown-download-buttons a[href]")
    by_name = {link.get_text(strip=True): link["href"] for link in links}
    assert {".ipynb", ".md"} <= set(by_name)
    notebook = nbformat.read((book / f"{chapter}.html").parent / by_name[".ipynb"], as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 10
    assert sum(bool(cell.outputs) for cell in code) > len(code) / 4
