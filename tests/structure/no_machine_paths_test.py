"""Nothing in the project knows the machine it was written on, or where packages come from."""

import re

from house import files, named

# Taken apart so that this file does not name what it forbids.
PATHS = ["/" + name + "/" for name in ("work", "root", "home", "Users")] + ["/tmp/" + "w/", "C:\\" + "Users"]
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("deb", "debian", "org"), ("archive", "ubuntu", "com"),
        ("anaconda", "org"), ("npmjs", "org"), ("npmjs", "com"), ("crates", "io"), ("golang", "org"),
        ("maven", "org"), ("docker", "io"),
    )
]  # fmt: skip
FORBIDDEN = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, PATHS)) + ")|" + "|".join(map(re.escape, HOSTS)))


def test_no_machine_paths():
    found = []
    for path in files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        found += [
            f"{named(path)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if FORBIDDEN.search(line)
        ]
    assert not found, "\n".join(found)


def test_the_check_sees_what_it_should():
    assert FORBIDDEN.search("see /" + "root/x") and FORBIDDEN.search("https://files.pythonhosted" + ".org/x")
    assert not FORBIDDEN.search("a framework/tree, sim/world/x")
