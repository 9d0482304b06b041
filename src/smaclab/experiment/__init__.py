"""The door: the nouns a laboratory uses, and how they are read from TOML, a dict or Python."""
