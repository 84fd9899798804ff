"""The plugin kernel: finds, loads, orders and calls plugins; knows no domain."""
