"""The rules of forecasts."""
