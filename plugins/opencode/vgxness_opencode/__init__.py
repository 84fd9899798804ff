"""OpenCode, adapted for VGXNESS."""
