"""From tree to text: the one layout of a `.sla` file, proven to say the same before anybody writes it."""

from sla_dsl.formatting.printing import format_tree
from sla_dsl.formatting.proof import LayoutChangedMeaning, format_source

__all__ = ["LayoutChangedMeaning", "format_source", "format_tree"]
