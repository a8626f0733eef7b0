"""From statements to terms: a module for each part of the language. Every reader reports what is wrong and goes on."""
