"""Two hundred names that break drives: letters of all kinds, and every sign a file can carry."""

_SIGNS = "!\"#$%&'()*+,:;<=>?@[\\]^`{|}~"
_WORDS = (
    "Ærlig øvelse på åpen måte", "æøå ÆØÅ", "Résumé – utkast", "naïve café", "Übergröße",
    "smørbrød",
    "日本語の名前", "Ελληνικά", "русский текст", "עברית", "العربية", "हिन्दी", "ไทย", "한국어",
    "🚲 sykkel", "👩‍👩‍👧 familie", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "e\u0301 delt", "å delt a\u030a", "İstanbul",
)  # fmt: skip
_SHAPES = (
    "to  mellomrom", " foran", "bak ", "punktum.", "..to punktum", "...tre", ".skjult", "-strek",
    "--flagg", "~", "~åpen.docx", "con", "NUL", "aux.txt", "lpt1", "desktop.txt", "100%", "100%25",
    "%2F", "%2e%2e", "a%00b", "a%0Ab", "a&b=c", "a+b", "a;b", "a,b", "a?b=c", "a#b", "#", "##", "?",
    "*", "a\\b", "\\", "a|b", "a:b", "C:", "a\"b", "a'b", "`a`", "$(a)", "$HOME", "{a,b}", "[a]",
    "<a>", "<script>alert(1)<", "&amp;", "&lt;", "a=b", "=1+1", "@a", "^", "semi;colon",
    "a.tar.gz", "ingen ending", "x" * 200, "ø" * 100, "UTEN", "nul\u00adskille", "smal\u202fbredde",
    "fast\u00a0mellomrom", "tegn\ufeff", "retning\u202ernekal", "null\u200bbredde",
)  # fmt: skip


def hostile():
    """Exactly two hundred, no two of which are the same to a person who reads past case."""
    found = [*_WORDS, *_SHAPES]
    found += [f"før{sign}etter" for sign in _SIGNS]
    found += [f"{sign}rapport.docx" for sign in _SIGNS]
    found += [f"budsjett{sign}" for sign in _SIGNS]
    found += [f"møte {number:03}, århus & æra #{number}.txt" for number in range(200)]
    return list(dict.fromkeys(found))[:200]
