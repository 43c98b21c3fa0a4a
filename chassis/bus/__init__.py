"""The bus: events out of the outbox and into inboxes, and calls between processes, on RabbitMQ or inside one process."""
