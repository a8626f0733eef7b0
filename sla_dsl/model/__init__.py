"""The checked policy: what it says (terms), and where each of it was written. Nothing in it is half known."""

from sla_dsl.model.model import Declared, Model, Purpose, Quotation

__all__ = ["Declared", "Model", "Purpose", "Quotation"]
