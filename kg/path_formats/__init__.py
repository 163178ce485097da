"""Mechanism paths as text for a terminal, as JSON, and as a Mermaid flowchart.

    text_of(explanation)  json_of(explanation)  mermaid_of(explanation)

All three have the same paths in the same order, and with each step what speaks for it and
against it. The SVG picture is `kg/pages/views/explain.py`. What the keys of the JSON mean
is in docs/explain.md. No text of a graph can move the cursor or become markup.
To add a form, add a module that takes the same explanation.
"""

from kg.path_formats.data import json_of
from kg.path_formats.mermaid import mermaid_of
from kg.path_formats.text import text_of

__all__ = ["NOTICE", "json_of", "mermaid_of", "text_of"]

NOTICE = "That every step holds does not make a path true: look for a test of the whole. Not medical advice."
