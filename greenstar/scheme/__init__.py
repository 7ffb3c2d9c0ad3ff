"""The scheme: rules with a version, written as YAML, read strictly."""
