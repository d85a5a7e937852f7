"""How words change in the languages we translate into, as data.

Required terms are looked for leniently: a form that is missed costs a reviewer a false alarm. Forbidden terms are
looked for strictly: a form that is found wrongly does too. So a family has two lists of endings. They follow the
inflection tables of the languages' standard grammars and the light stemmers of J. Savoy ("Light stemming approaches
for the French, Portuguese, German and Hungarian languages", SAC 2006).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from polyhelp.model import Locale


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is part of every cache's key
class Family:
    """The rules for one language.

    All letters are folded ones: small, without accents where ``fold`` says that accents do not matter.

    - ``spaced``: words stand between spaces; otherwise a term is a substring.
    - ``cuts``: endings of dictionary forms that a spaceless language drops when it inflects.
    - ``endings``: cut from both words before they are compared leniently.
    - ``inflections``: what two forms of one word may differ in when compared strictly.
    - ``small_words``: articles and prepositions inside a term, which come and go.
    - ``clitics``: written together in front of a word.
    - ``compounds``: a term may be part of a longer word; ``links``: letters between the parts of a compound.
    - ``separable``: prefixes that a verb sends to the end of the sentence; ``participle``: what comes between such a
      prefix and the verb; ``inseparable``: prefixes that make another verb.
    - ``infinitives``: endings of infinitives in a language whose verbs change vowels and consonants of the root between
      their aspects and in the nouns made from them (Russian вызвать, вызывать, вызов).
    - ``share``: how much of a word's beginning is enough, in words of at least ``share_from`` letters.
    - ``skeleton``: compare consonants only.
    - ``free_tail``: any letters may follow a do-not-translate term in the same word (TrailCardilla); elsewhere only
      ``inflections`` and an English plural.
    - ``invariable``: words have one form, and nothing around them agrees with them or changes with their sound.
    """

    spaced: bool = True
    cuts: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    small_words: frozenset[str] = frozenset()
    clitics: tuple[str, ...] = ()
    compounds: bool = False
    links: tuple[str, ...] = ()
    separable: tuple[str, ...] = ()
    inseparable: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    infinitives: tuple[str, ...] = ()
    share: float = 0.75
    share_from: int = 5
    fold: bool = True
    skeleton: bool = False
    free_tail: bool = False
    invariable: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _longest_first(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split(), key=lambda ending: (-len(ending), ending)))


_ROMANCE = Family(share=0.72, share_from=6)
_GERMANIC = Family(compounds=True, links=("s", "es", "n", "en", "e"))
_SLAVIC = Family(share=0.6, share_from=6)
_AGGLUTINATIVE = Family(share=0.7, share_from=4, free_tail=True)
_SPACELESS = Family(spaced=False, free_tail=True, invariable=True)

_FRENCH = replace(
    _ROMANCE,
    endings=_longest_first(
        "ations ation ements ement ateurs ateur ations ations eurs eur "
        "euse euses ables able ives ive ifs if iques ique "
        "aux al ales ale eaux eau ant ants ante antes ent ez er ers ir ira irez era eront erez ait aient ais ons "
        "ee ees e es s x te tes ure ures age ages"
    ),
    inflections=_longest_first("s es e x"),
    small_words=_words("d l de du des la le les un une a au aux en et ou pour par sur s n qu c son sa ses"),
)
_SPANISH = replace(
    _ROMANCE,
    endings=_longest_first(
        "aciones acion iciones icion ciones cion mientos miento ados adas ado ada idos idas ido ida ando iendo aremos "
        "ara aran amos emos imos abamos ar er ir arse erse irse an en as "
        "es os a e o s te ta ble bles dor dora dores able ables"
    ),
    inflections=_longest_first("s es ción ciones"),
    small_words=_words("de del la el los las un una unos unas a al en y o e para por con su sus lo se"),
)
_PORTUGUESE = replace(
    _ROMANCE,
    endings=_longest_first(
        "acoes acao icoes icao coes cao oes ao mentos mento ados adas ado ada idos idas ido ida ando endo indo aremos "
        "amos emos imos ar er ir ara era ira am em as es os a e o s eis ais el al ns m vel veis"
    ),
    inflections=_longest_first("s es ção ções ão ões"),
    small_words=_words(
        "de do da dos das o a os as um uma uns umas em no na nos nas e ou para por com ao aos seu sua se"
    ),
)
_ITALIAN = replace(
    _ROMANCE,
    endings=_longest_first(
        "azioni azione izioni izione zioni zione amenti amento imenti imento ati ate ato ata are ere ire "
        "ando endo iamo ano ono i e o a he hi"
    ),
    inflections=_longest_first("i e o a he hi"),
    small_words=_words(
        "di del della dello dei degli delle d l il lo la i gli le un uno una a al alla in nel e o per con"
    ),
)
_GERMAN = replace(
    _GERMANIC,
    endings=_longest_first(
        "ungen ung enden ende end eten etem etes eter ete et est en em er es e n s t st te ten test innen in"
    ),
    inflections=_longest_first("en em er es e n s"),
    small_words=_words("der die das den dem des ein eine einen einem einer eines zu zum zur von vom fur mit und"),
    separable=_longest_first(
        "ab an auf aus bei bereit durch ein fest fort her hin "
        "los mit nach nieder um vor weg weiter wieder zu zuruck zusammen"
    ),
    inseparable=("be", "emp", "ent", "er", "ge", "miss", "ver", "zer"),
    participle=("ge", "zu"),
)
_DUTCH = replace(
    _GERMANIC,
    endings=_longest_first("ingen ing enden ende end en er ers eren es e s t te ten de den tje tjes heden heid"),
    inflections=_longest_first("en s 's e es"),
    small_words=_words("de het een van voor met en te ten ter op in aan"),
    separable=_longest_first("aan af bij door in mee na om op over terug toe uit voor weg samen"),
    inseparable=("be", "er", "ge", "her", "ont", "ver"),
    participle=("ge", "te"),
)
_SCANDINAVIAN = replace(
    _GERMANIC,
    share=0.7,
    endings=_longest_first(
        "ningarna ningarnas ningar ningen ningens ning ninger ningene ningene orna "
        "arna erna ornas arnas ernas or ar er en et "
        "ens ets n t na ene a e s ade at ad ande ar as des te de t else elser elsen elserne erne eren ere eres r"
    ),
    inflections=_longest_first("en et n t ar er or arna erna orna na s ens ets ene erne e ars ers r"),
    small_words=_words("en ett et den det de av af for till til och og i pa med om din ditt dina"),
)
_SLAVIC_CYRILLIC = replace(
    _SLAVIC,
    endings=_longest_first(
        "иями ями ами иях ях ах ием ем ом ов ев ей ий ый ой ая яя ое ее ые ие ого его ому ему ым им ых их ую юю "
        "ость ости ение ения ению ением ание ания анию анием ть ти ться ешь ет ете ют ут ат ят ит ишь ите ла ло ли л "
        "іями ії ію ія ів їв ої ою ею і ї ю я а о у е и ы ь й"
    ),
    inflections=_longest_first(
        "ами ями ах ях ов ев ей ом ем ого его ому ему ыми ими ым им ых их ую юю ая яя ое ее ые ие ый ий ой "
        "ою ею ів їв ії а я о е у ю ы и і ї ь й"
    ),
    small_words=_words("в во на с со к ко у о об от до из за по для и или та і й з із від при"),
    infinitives=("ть", "ться", "ти", "тись", "тися"),
)
_SLAVIC_LATIN = replace(
    _SLAVIC,
    endings=_longest_first(
        "ami emi ymi ach ich ych ego eho emu imi owi ovi ow ie iem "
        "em om ej ou ym im ania anie aniu eniem enie enia ani eni "
        "osti ost osc osci ac at it ic ovat owac uje a e i o u y"
    ),
    inflections=_longest_first("ami emi ach ich ych ego eho emu owi ovi ow em om ej ou ym im ie iem a e i o u y"),
    small_words=_words("w we z ze na do od po za o u v ve s se k ke i a pro dla"),
    infinitives=("ac", "ic", "yc", "ec", "at", "it", "et", "ati", "iti", "eti"),
)

_ARABIC = Family(
    clitics=("وبال", "فبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك"),
    endings=_longest_first("ها هم هن كم كما نا ات ون ين ان ته تك تها تي تهم ه ك ي ا وا"),
    inflections=_longest_first("ات ون ين ان ها هم كم نا ه ك ي"),
    small_words=_words("من في علي الي عن او"),
    skeleton=True,
    share_from=99,
)
_HEBREW = Family(
    clitics=("וה", "שה", "וב", "ול", "ומ", "בה", "לה", "מה", "כש", "ה", "ו", "ב", "ל", "מ", "ש", "כ"),
    endings=_longest_first("ים ות ית יות ה ת י ך כם נו"),
    inflections=_longest_first("ים ות ה ת"),
    small_words=frozenset({"של", "את", "על"}),
)
_JAPANESE = replace(_SPACELESS, cuts=_longest_first("する う く ぐ す つ ぬ ぶ む る"))
_KOREAN = replace(_SPACELESS, cuts=_longest_first("하다 되다 다"), invariable=False)  # particles follow the sound

_LANGUAGES: dict[str, Family] = {
    "fr": _FRENCH, "es": _SPANISH, "ca": _SPANISH, "gl": _PORTUGUESE, "pt": _PORTUGUESE, "it": _ITALIAN,
    "ro": replace(_ROMANCE, endings=_longest_first("urilor ului ilor elor ii ul ea le lor uri e i a"),
                  inflections=_longest_first("ul ului ii ilor le lor uri e i a")),
    "de": _GERMAN, "nl": _DUTCH, "sv": _SCANDINAVIAN, "da": _SCANDINAVIAN, "nb": _SCANDINAVIAN, "nn": _SCANDINAVIAN,
    "no": _SCANDINAVIAN, "is": _GERMANIC,
    "ru": _SLAVIC_CYRILLIC, "uk": _SLAVIC_CYRILLIC, "be": _SLAVIC_CYRILLIC, "bg": _SLAVIC_CYRILLIC,
    "sr": _SLAVIC_LATIN, "pl": _SLAVIC_LATIN, "cs": _SLAVIC_LATIN, "sk": _SLAVIC_LATIN, "hr": _SLAVIC_LATIN,
    "sl": _SLAVIC_LATIN, "bs": _SLAVIC_LATIN, "lt": _SLAVIC, "lv": _SLAVIC,
    "fi": replace(_AGGLUTINATIVE, compounds=True), "hu": replace(_AGGLUTINATIVE, compounds=True),
    "et": replace(_AGGLUTINATIVE, compounds=True), "tr": _AGGLUTINATIVE, "az": _AGGLUTINATIVE, "eu": _AGGLUTINATIVE,
    "ar": _ARABIC, "he": _HEBREW, "fa": Family(clitics=("می",)),
    "ja": _JAPANESE, "ko": _KOREAN, "zh": _SPACELESS, "yue": _SPACELESS, "th": _SPACELESS, "lo": _SPACELESS,
    "km": _SPACELESS, "my": _SPACELESS,
    "vi": Family(share_from=99, fold=False, invariable=True),
    "en": Family(inflections=("es", "s"), endings=("ing", "ed", "es", "s"), small_words=_words("a an the of")),
}  # fmt: skip

_ANY = Family()


def family(locale: Locale) -> Family:
    """The rules for a locale's language; for a language we know nothing of, a common beginning is enough."""
    return _LANGUAGES.get(locale.language, _ANY)
