"""Pages: HTML files that show the graph in a browser, each one file that needs no network.

    kg/pages/views/<name>.py          what a page shows, as a frozen dataclass
    kg/pages/templates/<name>.html    its HTML; the variables are the fields of that class
    kg/pages/static/<name>.css, .js   its style and behaviour, put inside the page
    kg/pages/static/vendor/           libraries of others, fetched by scripts/vendor

A new page is a new set of such files and a command that writes it.
No HTML, CSS or JavaScript stands in a Python string.
"""
