"""Reference AI worker of Sightline."""
