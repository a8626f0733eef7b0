"""Results for people: findings with their lines of text."""

from sla_dsl.reporting.findings import render, render_all, summary

__all__ = ["render", "render_all", "summary"]
