"""What is known of a log without reading it: how its columns and values are to be understood."""
