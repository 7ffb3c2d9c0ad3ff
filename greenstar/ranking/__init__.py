"""Ranking: figures of scorecards in, league and lighthouse candidates out. Pure, and quick to import."""
