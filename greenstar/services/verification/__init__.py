"""Whether what is kept proves itself: files, journals, seals, signatures, scores, evidence; and what does not."""
