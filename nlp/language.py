"""Which language a text is in, told by its commonest words: nl, en, de, tr, pl, or by its script: uk, ar; else `other`.

Dutch when nothing says otherwise: the melders write to a Dutch meldpunt.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from nlp.reading import Reading

_ENOUGH = 2  # words that speak for another language


class Languages:
    """`stopwords`: language → its commonest words that Dutch does not have; `scripts`: language → Unicode name."""

    def __init__(self, stopwords: Mapping[str, Sequence[str]], scripts: Mapping[str, str]) -> None:
        self._of_word: dict[str, list[str]] = {}
        for language, words in stopwords.items():
            for word in words:
                self._of_word.setdefault(word, []).append(language)
        self._scripts = scripts

    def __call__(self, reading: Reading) -> None:
        reading.taal = self.tell(reading.words)

    def tell(self, words: Sequence[str]) -> str:
        if script := self._script(words):
            return script
        counts: dict[str, int] = {"nl": 0}
        for word in words:
            for language in self._of_word.get(word, ()):
                counts[language] = counts.get(language, 0) + 1
        best = max(counts, key=lambda language: counts[language])
        return best if counts[best] >= _ENOUGH and counts[best] > counts["nl"] else "nl"

    def _script(self, words: Sequence[str]) -> str:
        letters = [char for word in words[:200] for char in word if char.isalpha()][:400]
        if not letters or sum(char < "ʰ" for char in letters) * 2 > len(letters):
            return ""
        names = [unicodedata.name(char, "") for char in letters]
        for language, script in self._scripts.items():
            if sum(name.startswith(script) for name in names) * 2 > len(names):
                return language
        return "other"
