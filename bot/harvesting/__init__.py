"""Many talks harvested, by as many workers as there are: see ``running.py`` for the loop."""

from bot.harvesting.ahead import Ahead
from bot.harvesting.crews import Crew, crew_of
from bot.harvesting.running import outcomes
from bot.harvesting.stopping import Stop, stopping
from bot.harvesting.tally import Tally
from bot.harvesting.task import Errand, Job, harvest_one
from bot.harvesting.told import Failure, Outcome, Told, told

__all__ = [
    "Ahead",
    "Crew",
    "Errand",
    "Failure",
    "Job",
    "Outcome",
    "Stop",
    "Tally",
    "Told",
    "crew_of",
    "harvest_one",
    "outcomes",
    "stopping",
    "told",
]
