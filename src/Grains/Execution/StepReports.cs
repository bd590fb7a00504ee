using Orkestron.Domain.Providers;

namespace Orkestron.Grains.Execution;

/// <summary>Progress that agents outside of the silo report.</summary>
internal static class StepReports
{
    /// <summary>Passes a report on to where the run reports its progress.</summary>
    public static void Report(this IRunReporter reporter, StepReported report)
    {
        if (report.Percent is not null || report.Message is not null)
        {
            reporter.Progress(report.Percent, report.Message);
        }

        if (report.Text is { } text)
        {
            reporter.Write(text);
        }
    }
}
