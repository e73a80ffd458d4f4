"""demo: the main job from beginning to end, and then the portal to look around in."""

import argparse
from contextlib import ExitStack, suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from billing.demo import ending, processes, story, waiting
from billing.demo.stage import Stage
from nvsi import embedded
from nvsi.commands import Geweigerd, VerbCommand

INTRODUCTION = (
    "Demo van het NVSI-portaal. De gemeenten bestaan echt.",
    "Alle andere namen, nummers en bedragen zijn verzonnen.",
)


class Command(VerbCommand):
    help = "Vertelt en doet het hele werk met verzonnen bedragen, en start het portaal."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--no-serve",
            action="store_true",
            help="stop als alles gemaakt is, zonder het portaal te starten",
        )
        parser.add_argument(
            "--steps",
            type=int,
            choices=range(1, len(story.STEPS) + 1),
            metavar="N",
            default=len(story.STEPS),
            help="vertel alleen de eerste N stappen; de rest kunt u zelf doen",
        )

    def perform(self, options: dict[str, Any]) -> None:
        stage = Stage(settings.VAR_DIR.resolve() / "demo", timezone.now())
        story.require_own_database()
        story.require_late_enough(stage)
        stage.folder.mkdir(parents=True, exist_ok=True)
        processes.interruptible()
        try:
            with ExitStack() as running:
                self.play(stage, running, options)
        except KeyboardInterrupt:
            raise Geweigerd("Onderbroken. Een volgende demo gaat verder.") from None
        self.say("", "Gestopt.")

    def play(self, stage: Stage, running: ExitStack, options: dict[str, Any]) -> None:
        broker = running.enter_context(embedded.valkey())
        silent = options["no_serve"]
        listening = None if silent else running.enter_context(processes.listen())
        site = processes.address(listening) if listening else ""
        chosen = processes.environment(broker, site)
        processes.follow(chosen)
        worker = running.enter_context(processes.worker(chosen))
        self.tell(stage, options["steps"])
        self.say("", "De documenten, gemaakt door de worker")
        for line in waiting.wait_for_work(worker):
            self.say(f"    {line}")
        self.end(stage, site)
        if listening:
            # Anew each time: a folder of an earlier state may hold the files of then.
            call_command("collectstatic", interactive=False, verbosity=0)
            beat = running.enter_context(processes.beat(chosen))
            portal = running.enter_context(processes.portal(listening, chosen))
            self.say("", f"Het portaal draait op {site} (stoppen met Ctrl-C)")
            with suppress(KeyboardInterrupt):
                processes.wait_while_running([worker, beat, portal])

    def tell(self, stage: Stage, most: int) -> None:
        self.say(*INTRODUCTION)
        for number, told in enumerate(story.tell(stage, most), start=1):
            self.say("", f"{number:2}. {told.title}{' (al gedaan)' * told.known}")
            self.say(*(f"    {line}" for line in told.lines))

    def end(self, stage: Stage, site: str) -> None:
        self.say("", "De boeken")
        call_command("check_books", stdout=self.stdout)
        self.say("", "De halfjaren (verzonnen bedragen)", *ending.totals(stage))
        self.say("", "De documenten en bestanden", *ending.papers(stage))
        self.say("", "Inloggen", *ending.logins(site))

    def say(self, *lines: str) -> None:
        """At once, also when the output is a file or a pipe."""
        for line in lines:
            self.stdout.write(line)
            self.stdout.flush()
