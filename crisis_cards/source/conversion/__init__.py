"""From documents to Markdown with places. All of it runs in a process of its own; `source.documents` starts that."""
