"""Files: reading what people wrote, and writing what they can read, review and import again."""
