from propaganda.models.result import Evidence, Result, ResultQuantity

__all__ = ["Evidence", "Result", "ResultQuantity"]
