"""The blocks of a README that `make test-wheel` runs."""

from pathlib import Path

from readme_in_wheel import examples

README = """
```python
a = 1
```
Words.
```
not a program
```
~~~python
no fence of ours
~~~
```python
print(a)
```
"""


def test_blocks_of_python_are_one_program():
    assert examples(README) == "a = 1\n\nprint(a)\n"


def test_readme_of_vectorplayer_has_examples():
    readme = Path(__file__).parents[2] / "vectorplayer" / "README.md"
    assert "vector_html" in examples(readme.read_text("utf-8"))
