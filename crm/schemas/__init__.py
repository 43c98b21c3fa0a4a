"""The documents of the events that other systems may rely on: JSON Schemas and an AsyncAPI document, from the event classes.

    python -m crm.schemas write             write them into docs/events
    python -m crm.schemas check             fail where docs/events says other than the classes do
    python -m crm.schemas check --against v1.0   … or where a schema differs from that commit's other than by adding

A schema, once written, only grows: `write` refuses to take anything away. Who has to, raises the class's `version`.
"""
