"""The department's plan: read, drafted, amended, approved, issued."""
