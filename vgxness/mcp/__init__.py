"""The MCP surface: the one room that imports the MCP SDK."""
