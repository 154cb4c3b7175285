"""Texts for a made-up community: our own words put together by chance, the same chance each time."""

import random
from itertools import accumulate, product

ENGLISH = {
    "who": "our haulier|the customs office|a buyer in Ghent|my workshop|the chamber|our insurer|"
    "the port authority|a family firm|the bank|our designer|the cooperative|a younger partner",
    "does": "asks for|has changed|refuses|recommends|is testing|cannot yet explain|pays for|"
    "has put aside|compares|would share|signs|is waiting for",
    "what": "the new certificate|a second quotation|the label on each crate|two months of notice|"
    "the invoice in both languages|a smaller mould|the cold store|the deposit|a lighter pallet|"
    "the declaration of origin|the list of spare parts|a joint stand at the fair",
    "why": "because the season starts early|although the margin is thin|before the summer|"
    "since the last audit|as long as the rate holds|to save one border crossing|"
    "whenever the quay is full|without raising the price",
    "ask": "Who has been through this?|What did it cost you?|How long did you wait?|"
    "Would you do it again?|Is there a form for it?",
    "title": "Experience with|A question about|Before we sign:|Looking for advice on|Who handles",
    "word": "economy",
}
FRENCH = {
    "who": "notre transporteur|la douane|un acheteur de Turin|mon atelier|la chambre|notre assureur|"
    "le port|une entreprise familiale|la banque|notre dessinatrice|la coopérative|un jeune associé",
    "does": "demande|a modifié|refuse|conseille|met à l'essai|n'explique pas encore|finance|"
    "a réservé|compare|partagerait|signe|attend",
    "what": "le nouveau certificat|un deuxième devis|l'étiquette de chaque caisse|"
    "deux mois de préavis|la facture dans les deux langues|un moule plus petit|la chambre froide|"
    "l'acompte|une palette plus légère|la déclaration d'origine|la liste des pièces de rechange|"
    "un stand commun au salon",
    "why": "car la saison commence tôt|bien que la marge soit mince|avant l'été|"
    "depuis le dernier contrôle|tant que le taux se maintient|pour éviter une frontière|"
    "dès que le quai est plein|sans augmenter le prix",
    "ask": "Qui est passé par là ?|Combien cela vous a-t-il coûté ?|Combien de temps avez-vous attendu ?|"
    "Le referiez-vous ?|Existe-t-il un formulaire ?",
    "title": "Retour d'expérience :|Une question sur|Avant de signer :|Cherche conseil pour|Qui s'occupe de",
    "word": "économies",
}
LANGUAGES = {"en": ENGLISH, "fr": FRENCH}
SYLLABLES = [
    "ba",
    "co",
    "dri",
    "fel",
    "gu",
    "ha",
    "ki",
    "lor",
    "mi",
    "na",
    "per",
    "qui",
    "ro",
    "sta",
    "tu",
    "ver",
    "wen",
    "zo",
]
# Invented names of goods and places, the frequent ones first: the n-th stands in one n-th as many posts.
NAMES = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
RARE = "halyard"  # stands in three posts, for a search with few results


class Writer:
    """Writes titles and posts; two writers with one seed write the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.frequencies = list(accumulate(1 / rank for rank in range(1, len(NAMES) + 1)))

    def title(self, lang: str, number: int) -> str:
        """A title nobody else has."""
        return f"{self._one(lang, 'title')} {self._one(lang, 'what')} ({number})"

    def body(self, lang: str) -> str:
        """A post of some paragraphs, now and then with a list, a quotation, a table or code."""
        parts = [self._paragraph(lang) for _ in range(self.chance.choice((1, 1, 2, 2, 3, 5)))]
        extra = self.chance.random()
        if extra < 0.15:
            parts.insert(1, self._list(lang))
        elif extra < 0.25:
            parts.insert(0, f"> {self._sentence(lang)}")
        elif extra < 0.32:
            parts.append(self._table(lang))
        elif extra < 0.36:
            parts.append(f"```python\nprice = {self.chance.randint(2, 90)} * crates\n```")
        return "\n\n".join(parts)

    def remark(self, lang: str) -> str:
        """A line no other post has, with words that are rare, as in what people write."""
        names = self.chance.choices(NAMES, cum_weights=self.frequencies, k=4)
        return ("Voir " if lang == "fr" else "See ") + ", ".join(names) + "."

    def _paragraph(self, lang: str) -> str:
        sentences = [self._sentence(lang) for _ in range(self.chance.randint(2, 5))]
        if self.chance.random() < 0.3:
            sentences.append(self._one(lang, "ask"))
        if self.chance.random() < 0.15:
            sentences.append(f"https://firm-{self.chance.randint(1, 400)}.example/notes")
        return " ".join(sentences)

    def _sentence(self, lang: str) -> str:
        what = self._one(lang, "what")
        if self.chance.random() < 0.2:
            what = f"**{what}**"
        if self.chance.random() < 0.05:
            what = f"{what} ({LANGUAGES[lang]['word']})"
        said = (
            f"{self._one(lang, 'who')} {self._one(lang, 'does')} {what} {self._one(lang, 'why')}."
        )
        return said[0].upper() + said[1:]

    def _list(self, lang: str) -> str:
        return "\n".join(f"- {self._one(lang, 'what')}" for _ in range(self.chance.randint(3, 6)))

    def _table(self, lang: str) -> str:
        rows = [f"| {self._one(lang, 'what')} | {self.chance.randint(10, 900)} |" for _ in range(4)]
        return "\n".join([f"| {self._one(lang, 'who')} | € |", "| --- | ---: |", *rows])

    def _one(self, lang: str, kind: str) -> str:
        return self.chance.choice(LANGUAGES[lang][kind].split("|"))
