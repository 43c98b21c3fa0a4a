"""What a service class is made of: `rpc`, `listen`, `Storage`."""

from __future__ import annotations
