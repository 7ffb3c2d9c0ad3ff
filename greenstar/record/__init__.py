"""What proves itself: events, the journal that chains them, and the sealed document; canonical texts in and out."""
