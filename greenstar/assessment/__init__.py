"""The assessment: a store, a visit, its answers, evidence and findings, and the life they lead."""
