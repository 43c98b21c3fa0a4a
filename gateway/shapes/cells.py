"""Cells of tables."""

from __future__ import annotations


class Number(str):
    """A cell that is a number, written exactly; any other cell is a text."""

    __slots__ = ()
