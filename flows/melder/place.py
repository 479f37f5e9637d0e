"""Where the person is, as far as the words and a shared location say: the gemeente of the regio, or outside of it. Pure."""

from dataclasses import replace

from flows.regio import Regio
from flows.report import Report


def placed(report: Report, regio: Regio) -> Report:
    """A named place beats a shared location: the melder may be somewhere else than the person."""
    if report.locatie is not None and report.locatie.known:
        route = regio.route(report.locatie)
        if route.gemeente or route.outside:
            return replace(report, gemeente=route.gemeente, outside=route.outside)
    if report.location is not None:
        nearest = regio.nearest(report.location.latitude, report.location.longitude)
        return replace(report, gemeente=nearest or "", outside=nearest is None)
    return report
