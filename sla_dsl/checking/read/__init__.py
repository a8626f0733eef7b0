"""From statements to terms: one module for each part of the language. Every reader reports what is wrong and goes on."""
