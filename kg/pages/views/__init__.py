"""What each page shows: one module per page, from the graph to the context of its template."""
