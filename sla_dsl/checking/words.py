"""Reading the small parts of a statement: its name, labels and texts."""

from __future__ import annotations

from sla_dsl.syntax import Node, Token


def unquoted(token: Token) -> str:
    """A text without its quotation marks; inside, two marks are one."""
    return token.text[1:-1].replace('""', '"')


def name_of(line: Node) -> str:
    """The name that a statement declares; empty if it declares none."""
    name = line.node("name")
    return name.tokens("WORD")[0].text if name else ""


def label_of(line: Node) -> str | None:
    """The label that a statement gives, or none."""
    label = line.node("label")
    return unquoted(label.tokens("STRING")[0]) if label else None


def named_kind(line: Node) -> str:
    """The kind of declaration that `amend` and `drop` name: `clock`, `support_line`, ….

    Example: `drop support line first_line` names the kind `support_line`.
    """
    declared = line.node("declared")
    return "_".join(token.text for token in declared.tokens()).replace(" ", "_") if declared else ""


def labels_of(line: Node) -> tuple[str, ...]:
    """All labels of a statement that may have several."""
    labels = line.node("labels")
    return tuple(unquoted(token) for token in labels.tokens("STRING")) if labels else ()


def text_of(node: Node | None) -> str:
    """A text; several beside each other are one, with a space between."""
    return " ".join(unquoted(token) for token in node.tokens("STRING")) if node else ""


def text_after(line: Node, keyword: str) -> str | None:
    """The text that follows a keyword, or none if the keyword is not there."""
    part = line.after(keyword)
    return text_of(part) if part else None


def token_after(line: Node, keyword: str) -> Token | None:
    """The token that follows a keyword, or none."""
    for here, following in zip(line.children, line.children[1:], strict=False):
        if here.kind == keyword and isinstance(following, Token):
            return following
    return None


def written(ref: Node) -> str:
    """How a reference is written: a name, or a label without its marks."""
    token = ref.tokens()[0]
    return unquoted(token) if token.kind == "STRING" else token.text


def seconds_of(token: Token) -> int:
    """A time of day in seconds after midnight; `24:00` is 86,400. The caller has checked its range."""
    hours, minutes, *rest = (int(part) for part in token.text.split(":"))
    return hours * 3600 + minutes * 60 + (rest[0] if rest else 0)
