"""What people and other programs read: tables, trees, JSON and CSV. The one core place that knows rich."""
