"""Work from several laptops: visits go from one to another as a file, and come together there."""
