"""What visits come to: scorecards, the ranking, comparisons, exports."""
