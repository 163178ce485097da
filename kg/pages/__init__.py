"""Pages: HTML files that show the graph in a browser, each one file that needs no network.

    kg/pages/views/<name>.py          what a page shows, as a frozen dataclass
    kg/pages/templates/<name>.html    its HTML; the variables are the fields of that class
    kg/pages/static/<name>.css, .js   its style and behaviour, put inside the page
    kg/pages/static/vendor/           libraries of others, fetched by scripts/vendor

    kg/pages/parts.py                 what a page carries besides its markup, and its policy
    kg/pages/addresses.py             where the page of a thing is, in a site or on a server
    kg/pages/rendering.py             from a page to its bytes

The site (`views/site/`) is the exception to one file: its pages share their style and script.
A new page is a new set of such files and a command that writes it.
No HTML, CSS or JavaScript stands in a Python string.
"""
