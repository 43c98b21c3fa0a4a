"""What every service stands on: settings, storage, the bus and telemetry. It knows no word of the business."""
