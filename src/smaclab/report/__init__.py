"""Pictures: figures, tables and one page.  Draws what it is given and solves nothing."""
