"""The command line: run the system, run one service, migrate, import, replay, look into parked messages."""
