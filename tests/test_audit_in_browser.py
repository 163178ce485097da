"""The audit page in a real browser: wide, narrow, dark, and printed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.audit import audit_of
from kg.graph import Graph
from kg.pages.views.audit import html_of, page_of

from . import browsing  # noqa: F401 - says when there is no browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def page_file(real: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [document] = real.documents.values()
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    path.write_bytes(html_of(page_of(audit_of(real, document, date(2026, 11, 22)))))
    return path


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(1400, "light", id="wide"),
        pytest.param(360, "light", id="narrow"),
        pytest.param(1400, "dark", id="dark"),
    ],
)
def test_the_page_fits_and_nothing_complains(
    browser: "Browser", real: Graph, page_file: Path, width: int, scheme: str
) -> None:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(page_file.as_uri())
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("article.passage").count() == len(real.passages)
    dangling = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"
    )
    assert dangling == 0
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    context.close()


def test_the_page_prints_on_paper(browser: "Browser", page_file: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    printed = page.pdf(path=tmp_path / "audit.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    page.close()
