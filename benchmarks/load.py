"""Many deals, without anybody having opened them: some that are there, again and again, each time an hour earlier."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from tests.support.system import SERVICES

# an id begins with the millisecond of its making: an earlier one is as unique, and lies in an index where it would lie
_EARLIER = """
CREATE FUNCTION pg_temp.earlier(id uuid, hours integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint
          - hours * 3600000::bigint), 12, '0') || substr(replace(id::text, '-', ''), 13))::uuid
$$"""
_COPIED = frozenset({"id", "deal_id", "subject_id", "entry_id"})
"""Columns that name what is copied; what others name (partners, managers, processes) is there once."""


_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"""
_AT_ONCE = 20  # copies of all in one statement: what is near in the indexes is written together


def multiply(databases: Mapping[str, str], deals: Sequence[str], copies: range) -> None:
    """Copy all that services know of deals, once for each number; their outboxes stay as they are.

    Indexes that hold nothing together are made anew when all is there: kept up row by row they are most of the work.
    """
    with ThreadPoolExecutor(len(SERVICES)) as threads:
        for done in [threads.submit(_multiply_in, service, databases[service], deals, copies) for service in SERVICES]:
            done.result()


def _multiply_in(service: str, url: str, deals: Sequence[str], copies: range) -> None:
    metadata: sa.MetaData = importlib.import_module(f"services.{service}.storage.tables").metadata
    of_deals = [(table, "id" if table.name == "deals" else "deal_id") for table in metadata.sorted_tables]
    copied = [(table, whose) for table, whose in of_deals if whose in table.c]
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(_EARLIER)
        cursor.execute("SET session_replication_role = replica")  # copies refer to copies: nothing to look up
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for table, whose in copied:
            cursor.execute(_INDEXES, (table.name,))
            indexes = cursor.fetchall()
            for name, _ in indexes:
                cursor.execute(f"DROP INDEX {name}")
            for start in range(copies.start, copies.stop, _AT_ONCE):
                last = min(start + _AT_ONCE, copies.stop) - 1
                cursor.execute(_copying(table, whose), (start, last, list(deals)))
            for _, definition in indexes:
                cursor.execute(definition)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")  # what is written later would count as the calls' own
    connection.close()


def _copying(table: sa.Table, whose: str) -> str:
    columns = [column for column in table.c if column is not table.autoincrement_column]
    names, values = ", ".join(column.name for column in columns), ", ".join(map(_copied, columns))
    rows = f"SELECT {values} FROM {table.name} AS t, generate_series(%s, %s) AS n WHERE t.{whose} = ANY(%s::uuid[]) ORDER BY n"
    return f"INSERT INTO {table.name} ({names}) {rows}"


def _copied(column: sa.Column[Any]) -> str:
    if isinstance(column.type, sa.Uuid) and column.name in _COPIED:
        return f"pg_temp.earlier(t.{column.name}, n)"
    if isinstance(column.type, UtcDateTime):
        return f"t.{column.name} - n * interval '1 hour'"
    if column.name == "external_id":
        return f"t.{column.name} || '-' || n"
    return f"t.{column.name}"


def multiply_reports(url: str, times: int) -> tuple[int, int]:
    """Make of each deal in a database of reporting so many, at the same moments; give how many facts and deals there are.

    What is counted is counted so many times: every copy counts for what its original counts for.
    """
    reports: sa.MetaData = importlib.import_module("services.reporting.storage.tables").metadata
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(_EARLIER)
        copied = [table for table in reports.sorted_tables if _whose(table)]
        for table in copied:
            cursor.execute(f"CREATE TEMP TABLE original_{table.name} AS SELECT * FROM {table.name}")
        cursor.execute("CREATE UNIQUE INDEX ON original_deal_states (deal_id)")
        indexes = _without_indexes(cursor, [table.name for table in copied])
        for hours in range(1, times):
            for table in copied:
                names = ", ".join(column.name for column in table.c)
                values = ", ".join(_again(column, hours) for column in table.c)
                cursor.execute(f"INSERT INTO {table.name} ({names}) SELECT {values} FROM original_{table.name} AS t")
        for index in indexes:
            cursor.execute(index)
        for table in reports.sorted_tables:
            counts = [column.name for column in table.c if not column.primary_key]
            counts = ["uses"] if table.name == "deal_standings" else counts if table.name.endswith("_counts") else []
            if counts:
                cursor.execute(f"UPDATE {table.name} SET {', '.join(f'{name} = {name} * {times}' for name in counts)}")
        cursor.execute("SELECT (SELECT count(*) FROM deal_facts), (SELECT count(*) FROM deal_states)")
        facts, deals = cursor.fetchone() or (0, 0)
    connection.close()
    return facts, deals


def _without_indexes(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Drop the indexes of tables, but those of their keys; give what makes them again, which is far quicker than keeping them."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND schemaname = 'public'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        (tables,),
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [made for _, made in found]


_ITS_OWN = frozenset({"deal_id", "interaction_id", "task_id", "step_id", "claim_id"})


def _whose(table: sa.Table) -> bool:
    return any(column.name in _ITS_OWN for column in table.primary_key)


def _again(column: sa.Column[Any], hours: int) -> str:
    if column.name in _ITS_OWN:
        return f"pg_temp.earlier(t.{column.name}, {hours})"
    if column.name == "thing_id":  # what an interaction was about: deals are copied, partners are not
        deal = "EXISTS (SELECT FROM original_deal_states AS o WHERE o.deal_id = t.thing_id)"
        return f"CASE WHEN {deal} THEN pg_temp.earlier(t.thing_id, {hours}) ELSE t.thing_id END"
    return f"t.{column.name}"
