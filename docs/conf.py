"""How the documentation is built; `make docs` treats every warning as an error."""

import logging
import sys
from importlib.metadata import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "sla-dsl"
author = "The sla-dsl contributors"
copyright = f"2026, {author}"
version = release = metadata(project)["Version"]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sla_lexer",
    "timeline_figures",
]
# The last is for those who find the folder without the documentation.
exclude_patterns = ["_build", "logs/incidents/README.md"]

# A page may link to any of its headings down to the third level.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["wide.css", "timelines.css"]
html_theme_options = {
    "light_css_variables": {"code-font-size": "0.78em"},
    "dark_css_variables": {"code-font-size": "0.78em"},
}
html_title = f"sla-dsl {release}"
html_show_sourcelink = False


# A part without pages yet is no error; a page that no part lists still is. `suppress_warnings` cannot say
# so, because Sphinx gives this warning no type.
logging.getLogger("sphinx.sphinx.directives.other").addFilter(
    lambda record: "didn't match any documents" not in str(record.msg)
)
