"""The filters of templates: values as a reader writes them, by CLDR, and what CLDR lacks."""
