"""The built-in plugins, one file a noun: declarations only, through the same door as a stranger's."""
