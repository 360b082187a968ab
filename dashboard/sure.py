"""The page *How sure is this?*: what was measured, on what, and what it means for a reader of the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from html import escape

from dashboard.columns import event_type
from dashboard.filters import language_name
from dashboard.i18n import Words
from dashboard.i18n import words as words_of
from dashboard.symbols import image, symbol_svg
from extract.accuracy import FEW, Accuracy, Breakdown, Figures, Share, Step, measured_accuracy
from geodata.event import Factuality
from geodata.timespan import TimeSpan
from geodata.wording import in_words

NONE_OF_NONE = "–"
NO_FIGURES = Figures(Share(0, 0), Share(0, 0))


@cache
def sure_html(language: str) -> str:
    """The page in one language, from what was measured last."""
    return accuracy_html(measured_accuracy(), words_of(language))


def accuracy_html(accuracy: Accuracy, words: Words) -> str:
    """The page about some figures."""
    unseen, learnt = accuracy.unseen, accuracy.learnt
    intro = words(
        "sure_intro",
        date=_day(accuracy.measured, words),
        version=accuracy.version,
        unseen=unseen.articles,
        learnt=learnt.articles,
    )
    return (
        f'<div class="dl-sure"><p>{escape(intro)}</p>'
        f'<div class="dl-figures">{_figure(unseen.whole.pins, "sure_pins", words)}'
        f"{_figure(unseen.whole.found, 'sure_found', words)}</div>"
        f"<h3>{escape(words('sure_meaning'))}</h3><ul>{_meaning(unseen, words)}</ul>"
        f"<h3>{escape(words('sure_confidence'))}</h3><p>{escape(words('sure_confidence_help'))}</p>"
        f"{_confidence(accuracy, words)}"
        f"<h3>{escape(words('sure_languages'))}</h3>"
        f"{_table(accuracy, lambda part: part.languages, lambda key: escape(language_name(key, words)), words)}"
        f"<h3>{escape(words('sure_types'))}</h3><p>{escape(words('sure_few_help', few=FEW))}</p>"
        f"{_table(accuracy, lambda part: part.types, lambda key: _type(key, words), words)}"
        f"<h3>{escape(words('sure_sets'))}</h3><p>{escape(_sets(accuracy, words))}</p></div>"
    )


def _day(day: date, words: Words) -> str:
    return in_words(TimeSpan.of(day, day), words.language)


def _figure(share: Share, message: str, words: Words) -> str:
    """One large figure, with what it is a share of."""
    low, high = share.interval
    cases = words("sure_cases", right=share.right, of=share.of, low=low, high=high)
    return f"<div><b>{share.percent} %</b><span>{escape(words(message))}</span><small>{escape(cases)}</small></div>"


def _meaning(unseen: Breakdown, words: Words) -> str:
    enough = [step for step in unseen.confidence if not step.right.is_few]
    lines = [
        words("sure_means_pins", **_of_ten(unseen.whole.pins)),
        words("sure_means_found", **_of_ten(unseen.whole.found)),
    ]
    if len(enough) > 1:
        low, high = enough[0], enough[-1]
        lines.append(
            words(
                "sure_means_confidence",
                high=round(100 * high.low),
                above=high.right.percent,
                low=round(100 * low.low),
                middle=round(100 * low.high),
                below=low.right.percent,
            )
        )
    lines += [
        words("sure_means_wrong"),
        words("sure_means_unmeasured"),
    ]
    return "".join(f"<li>{escape(line)}</li>" for line in lines)


def _of_ten(share: Share) -> dict[str, int]:
    """The whole numbers of ten between which a share lies."""
    low = min(9, 10 * share.right // share.of)
    return {"low": low, "high": low + 1}


# Tables --------------------------------------------------------------------------------------------------------------


def _table(
    accuracy: Accuracy,
    parts: Callable[[Breakdown], Mapping[str, Figures]],
    label: Callable[[str], str],
    words: Words,
) -> str:
    """Languages or types, those with the most cases first: found and right, where nobody looked and where they did."""
    unseen, learnt = parts(accuracy.unseen), parts(accuracy.learnt)

    def cases(key: str) -> int:
        return sum(part.get(key, NO_FIGURES).found.of + part.get(key, NO_FIGURES).pins.of for part in (unseen, learnt))

    rows = [
        f'<tr><th scope="row">{label(key)}</th>'
        + "".join(
            f"<td>{_cell(share, words)}</td>"
            for part in (unseen, learnt)
            for figures in (part.get(key, NO_FIGURES),)
            for share in (figures.pins, figures.found)
        )
        + "</tr>"
        for key in sorted({*unseen, *learnt}, key=lambda key: -cases(key))
        if cases(key)
    ]
    groups = "".join(
        f'<th scope="colgroup" colspan="2">{escape(words(name))}</th>' for name in ("sure_unseen", "sure_learnt")
    )
    columns = f"<th scope='col'>{escape(words('sure_right'))}</th><th scope='col'>{escape(words('sure_told'))}</th>"
    return _wide(f"<thead><tr><td></td>{groups}</tr><tr><td></td>{columns * 2}</tr></thead>", rows, words)


def _cell(share: Share, words: Words) -> str:
    if not share.of:
        return NONE_OF_NONE
    counted = words("sure_of", right=share.right, of=share.of)
    if share.is_few:
        return f'<span class="dl-few">{escape(words("sure_few", counted=counted))}</span>'
    return f"<b>{share.percent} %</b> <small>{escape(counted)}</small>"


def _confidence(accuracy: Accuracy, words: Words) -> str:
    rows = [
        f'<tr><th scope="row">{round(100 * unseen.low)}–{round(100 * unseen.high)} %</th>'
        f"{_measured(unseen, words)}{_measured(learnt, words)}</tr>"
        for unseen, learnt in zip(accuracy.unseen.confidence, accuracy.learnt.confidence, strict=True)
    ]
    heads = "".join(
        f'<th scope="col">{escape(words(name))}</th>' for name in ("sure_stated", "sure_unseen", "sure_learnt")
    )
    return _wide(f"<thead><tr>{heads}</tr></thead>", rows, words)


def _measured(step: Step, words: Words) -> str:
    """How many were right, and a bar of it over the band of what was stated."""
    bar = ""
    if step.right.of:
        band = f"left:{round(100 * step.low)}%;width:{round(100 * (step.high - step.low))}%"
        bar = f'<i class="dl-bar"><i style="{band}"></i><b style="width:{step.right.percent}%"></b></i>'
    return f"<td>{_cell(step.right, words)}{bar}</td>"


def _wide(head: str, rows: Iterable[str], words: Words) -> str:
    """A table that scrolls sideways where the screen is narrow, by keyboard, too."""
    label = escape(words("sure_title"))
    return (
        f'<div class="dl-wide" tabindex="0" role="region" aria-label="{label}">'
        f"<table>{head}<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _type(key: str, words: Words) -> str:
    kind = event_type(key)
    return image(symbol_svg(kind.icon, kind.colour, Factuality.ASSERTED)) + escape(kind.label(words.language))


def _sets(accuracy: Accuracy, words: Words) -> str:
    sets = ", ".join(f"{name} ({held.articles})" for name, held in accuracy.gold.items())
    return words("sure_sets_are", sets=sets, program=accuracy.program)
