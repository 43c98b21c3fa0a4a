"""A service's own database: transactions, the outbox, the inbox, idempotency, timers, paging."""
