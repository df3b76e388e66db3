# ruff: noqa: E501 (one report a line)
"""Reports of a known day, annotated by the TIMEX3 guidelines: every expression, its value, and nothing else."""

from __future__ import annotations

import re

import pytest

from pipeline import timexes

MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")

# day of publication (a Friday, 22 March 2013, unless said otherwise), report with [expression|value]
REPORTS = [
    ("2013-03-22", "The central bank cut its main rate on [Thursday|2013-03-21]. Most analysts had expected it to wait until [April|2013-04]."),
    ("2013-03-22", "The court will hear the case on [Monday|2013-03-25], a clerk said [Wednesday|2013-03-20]."),
    ("2013-03-22", "The ministry said [Tuesday|2013-03-19] that talks would resume [next week|2013-W13]."),
    ("2013-03-22", "The bank will cut 60 jobs, officials said [Tuesday|2013-03-19]."),
    ("2013-03-22", "The senator, who will retire in [June|2013-06], spoke on [Wednesday|2013-03-20]."),
    ("2013-03-22", "The union has until [Monday|2013-03-25] to reply. The strike began [two weeks ago|2013-W10]."),
    ("2013-03-22", "Profit fell 4 percent in [the fourth quarter|2012-Q4]. Sales grew in the first [nine months|P9M] of [last year|2012]."),
    ("2013-03-22", "Police held two men [early Tuesday|2013-03-19]. The fire broke out at about [3 a.m. on Sunday|2013-03-17T03:00]."),
    ("2013-03-22", "The firm was founded [25 years ago|1988]. Over [the past two weeks|P2W] it lost its chairman; [the next three months|P3M] will be hard."),
    ("2013-03-22", "The ship is due to arrive [tomorrow morning|2013-03-23TMO]. The storm hit the coast [last night|2013-03-21TNI]."),
    ("2013-03-22", "They [now|PRESENT_REF] meet [annually|P1Y]. The law takes effect [Jan. 1|2014-01-01]; the accident happened [March 5|2013-03-05]."),
    ("2013-03-22", "The bank expects growth of 2 percent [this year|2013] and 3 percent in [2014|2014]."),
    ("2013-03-22", "The two sides met in Geneva [last October|2012-10]. Elections are planned for [the fall|2013-FA]."),
    ("2013-03-22", "The group meets [every two years|P2Y]. In [recent months|PAST_REF], prices have climbed."),
    ("2013-03-22", "[Fiscal 2012|2012] ended in [September|2012-09]. [Earlier this month|2013-03], it closed two plants."),
    ("2013-03-22", "It has been closed since [last summer|2012-SU]. The minister resigned [a week ago|2013-W11]."),
    ("2013-03-22", "Workers were sent home [Monday afternoon|2013-03-18TAF]. The deal should close by [the end of the third quarter|2013-Q3]."),
    ("2013-03-22", "[The three-day|P3D] meeting ends on [Friday|2013-03-22]. The market opens at [9:30 a.m.|2013-03-22T09:30]"),
    ("2013-03-22", "The plane vanished on [the night of March 14|2013-03-14TNI]. Its [five-year|P5Y] lease expires on [Dec. 31, 2015|2015-12-31]."),
    ("2013-03-22", "Rain is expected over [the weekend|2013-W12-WE]. [This past weekend|2013-W11-WE] was dry."),
    ("2013-03-22", "It was the worst period since [the second quarter of 2009|2009-Q2]. The plant will stay shut for [several months|PXM]."),
    ("2013-03-22", "He visits [twice a week|P1W]. The museum is closed on [Mondays|XXXX-WXX-1]; the fair takes place [each May|XXXX-05]."),
    ("2013-03-22", "The rebels seized the town on [Feb. 28|2013-02-28] and left [the following Monday|2013-03-04]."),
    ("2013-03-22", "In [the year-ago|2012] period it earned $2 million. She took office in [January|2013-01]; the summit in [November|2013-11] will decide."),
    ("1998-11-26", "[Yesterday|1998-11-25] the talks broke down; [today|1998-11-26] they resume. A vote is expected on [Tuesday|1998-12-01]."),
    ("1998-01-05", "Output rose in [December|1997-12] and fell in [the third quarter|1997-Q3]. [Last month|1997-12]'s figure was revised."),
    ("2007-10-31", "Shares closed at $5 [Wednesday|2007-10-31] after the bank warned [late Tuesday|2007-10-30]. They were worth $9 [a year ago|2006]."),
    ("2013-03-22", "Net income rose in [the latest quarter|2012-Q4]; [third-quarter|2012-Q3] sales fell. [First-half|2013-H1] profit is expected to rise."),
    ("2013-03-22", "[Last year|2012], the assembly met in [May|2012-05]. The fair was held in [June|2012-06] [last year|2012]."),
    ("2013-03-22", "The blast hit at [10 a.m. EST Tuesday|2013-03-19T10:00], [two days|P2D] after another. Two men were arrested [Friday night|2013-03-22TNI]."),
    ("2013-03-22", "They met [the week before last|2013-W10]. They will meet again [a month from today|2013-04] and [the year after next|2015]."),
    ("2013-03-22", "He was [45 years|P45Y] old [at the time|PAST_REF]. In [the months ahead|PXM] they will meet on [the last Friday of May|2013-05-31]."),
    ("2013-03-22", "It opened on [March 4|2013-03-04] and closed on [the 15th|2013-03-15]. [Later that month|2013-03] it moved."),
    ("2013-03-22", "It takes [three to five years|P5Y] and [10-15 minutes|PT15M]. It opens at [noon Wednesday|2013-03-27T12:00]."),
    ("2013-03-22", "Profit fell from [the prior year|XXXX]. [The previous day|XXXX-XX-XX] it had warned."),
    ("2013-03-22", "[Now|PRESENT_REF] and in [the future|FUTURE_REF] prices will rise. [Current|PRESENT_REF] plans cost $2 million [a year|P1Y]."),
    ("2013-03-22", "Founded in [1923|1923], it was sold in [1989|1989] and [2001|2001]. On [Friday|2013-03-22] it said it will close on [April 30|2013-04-30]."),
    ("2013-03-22", "The hearing, originally scheduled for [Feb. 4|2013-02-04], was postponed until [Tuesday|2013-03-26]. Talks continue through [Sunday|2013-03-24]."),
    ("2013-03-22", "In [fiscal 2013|2013], which ends [Sept. 30|2013-09-30], it fell. [A week|P1W] after the vote it rose. An [April|2012-04] Wire poll showed it."),
    ("2019-05-15", "Inflation eased to 2.1 percent in [April|2019-04] from 2.3 percent in [March|2019-03], the statistics office said [Wednesday|2019-05-15]."),
    ("2019-05-15", "Shares fell 3 percent on [Tuesday|2019-05-14], their worst day since [Jan. 3|2019-01-03]."),
    ("2019-05-15", "The company will report [second-quarter|2019-Q2] results on [July 30|2019-07-30]."),
    ("2019-05-15", "Voters go to the polls on [May 26|2019-05-26] in the first election since [2014|2014]."),
    ("2019-05-15", "The ferry service operates from [April|2019-04] to [October|2019-10]."),
    ("2019-05-15", "The two leaders last met in [February|2019-02] and are expected to meet again in Osaka [next month|2019-06]."),
    ("2019-05-15", "Police arrested two men on [Friday|2019-05-10] and a third on [Saturday night|2019-05-11TNI]."),
    ("2019-05-15", "The trial, which began on [March 18|2019-03-18], is to end by [mid-June|2019-06]."),
    ("2019-05-15", "The strike, [now|PRESENT_REF] in its third week, began on [April 29|2019-04-29]."),
    ("2019-05-15", "The airline grounded its 737 MAX jets in [March|2019-03] after the second crash in [five months|P5M]."),
    ("2019-05-15", "The new law takes effect on [January 1, 2020|2020-01-01]."),
    ("2019-05-15", "A cyclone hit the coast [late Thursday|2019-05-09], killing 33 people by [Friday morning|2019-05-10TMO]."),
    ("2019-05-15", "The prime minister said on [Sunday|2019-05-12] that the vote would be held in [the autumn|2019-FA]."),
    ("2019-05-15", "The bank lost $2 billion between [2014|2014] and [2016|2016] and closed 300 branches [last year|2018]."),
    ("2019-05-15", "The festival, held [every two years|P2Y], will take place from [June 6 to 9|2019-06-06/2019-06-09]."),
    ("2019-05-15", "Talks collapsed on [May 10 and 11|2019-05-10/2019-05-11], and tariffs were raised [the same day|2019-05-11]."),
    ("2019-05-15", "The museum, closed since [December|2018-12], reopens [this weekend|2019-W20-WE]."),
    ("2019-05-15", "Rain is forecast for [Thursday|2019-05-16] and [Friday|2019-05-17]; it has not rained since [mid-March|2019-03]."),
    ("2019-05-15", "Unemployment stood at 3.6 percent in [April|2019-04], the lowest since [December 1969|1969-12]."),
    ("2019-05-15", "The court ruled on [Tuesday|2019-05-14] that the [2016|2016] decree was void."),
    ("2019-05-15", "The factory, opened in [1998|1998], will shut by [the end of 2021|2021]."),
    ("2019-05-15", "He was born on [4 July 1976|1976-07-04] and has led the party since [last autumn|2018-FA]."),
    ("2019-05-15", "The season runs from [August|2019-08] through [May|2019-05]."),
    ("2019-05-15", "The accord, due to be signed on [Friday|2019-05-17], was postponed until [the week of June 3|2019-W23]."),
    ("2019-05-15", "The president, who took office in [January|2019-01], flew to Brussels on [Monday evening|2019-05-13TEV]."),
    ("2019-05-15", "The minister met union leaders twice [last week|2019-W19] and will see them again [tomorrow|2019-05-16] at [10 a.m.|2019-05-16T10:00]"),
    ("2019-05-15", "Sales in the year to [March 2019|2019-03] rose 8 percent; sales in [May|2019-05] and [June|2019-06] are expected to be lower."),
    ("2019-05-15", "In [2015|2015] and [2017|2017], the team lost in the final; in [2018|2018] it won."),
    ("2019-05-15", "The probe covers trades made between [June|2018-06] and [September|2018-09] [last year|2018]."),
    ("2019-05-15", "The embassy was shut from [January|2019-01] to [March|2019-03]."),
]  # fmt: skip


@pytest.mark.parametrize(("published", "report"), REPORTS, ids=[report[:30] for _, report in REPORTS])
def test_report(published: str, report: str) -> None:
    text = MARK.sub(r"\1", report)
    found = timexes(text, published)
    assert [(one.text, one.value) for one in found] == MARK.findall(report)
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_relative_value_names_its_anchor() -> None:
    (first, second) = timexes("They met last week. It ended on 3 May 2012.", "2013-03-22")
    assert (first.value, first.anchor) == ("2013-W11", "published=2013-03-22")
    assert second.anchor is None


def test_without_a_day_of_publication_nothing_is_placed() -> None:
    found = timexes("They met last week, on Tuesday and again yesterday.")
    assert [one.value for one in found] == ["XXXX-WXX", "XXXX-WXX-2", "XXXX-XX-XX"]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It grew in the early 1990s.", "START"),
        ("It grew in mid-1995.", "MID"),
        ("It closed by the end of 1995.", "END"),
        ("It took about two years.", "APPROX"),
        ("It closed by 1995.", "BEFORE"),
        ("It has grown since 1995.", "AFTER"),
        ("It closed in 1995.", None),
    ],
)
def test_modifiers_have_the_names_of_timex3(text: str, mod: str | None) -> None:
    (found,) = timexes(text)
    assert found.mod == mod
