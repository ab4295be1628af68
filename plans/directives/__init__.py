"""Instructions of the director (ý kiến chỉ đạo): given about anything, carried out, answered, judged, reported."""
