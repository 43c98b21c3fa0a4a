"""The kinds in the ids of what reporting makes itself."""

from __future__ import annotations

FORECAST_SNAPSHOT = 0x401
CLASSIFICATION_RUN = 0x402
