"""The accepted unit plans of a year put together: the appendix of the department's plan."""
