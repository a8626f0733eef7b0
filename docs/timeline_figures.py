"""Timelines in the pages: the policy beside its ticket, and the picture below, drawn into the page itself.

A picture that is part of the page takes the colours of the page, light or dark, as the reader chose them there.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


class InlineTimelines(SphinxTransform):
    """Puts every image of `timelines/` and the piece of a policy above it into one figure."""

    default_priority = 400

    def apply(self, **_: object) -> None:
        """Change the page."""
        for image in list(self.document.findall(nodes.image)):
            path = Path(self.env.doc2path(self.env.docname)).parent / image["uri"]
            if path.parent.name == "timelines" and path.suffix == ".svg":
                self.env.note_dependency(str(path.resolve()))
                self._replace(image.parent, path.resolve())

    def _replace(self, paragraph: nodes.Element, path: Path) -> None:
        piece = paragraph.parent[paragraph.parent.index(paragraph) - 1]
        # Half a page is narrow: a reason goes on the next line.
        shown = re.sub(r'^(?=.{56})(.+?) (because ".*)$', r"\1\n      \2", piece.astext(), flags=re.MULTILINE)
        policy, *_, example = re.split(r"^(?=example )", shown, flags=re.MULTILINE)
        texts = nodes.container(classes=["timeline-texts"])
        texts += [
            nodes.literal_block(text, text, language="sla", classes=[name])
            for name, text in (("timeline-policy", policy.rstrip()), ("timeline-ticket", example.rstrip()))
        ]
        # The page has the style of the pictures once.
        svg = re.sub(r"<style>.*?</style>\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        figure = nodes.container("", texts, nodes.raw("", svg, format="html"), classes=["timeline-figure"])
        piece.parent.remove(piece)
        paragraph.replace_self(figure)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform with Sphinx."""
    app.add_transform(InlineTimelines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
