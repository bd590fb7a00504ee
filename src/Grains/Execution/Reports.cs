using Orkestron.Domain.Providers;

namespace Orkestron.Grains.Execution;

/// <summary>What agents outside of this process report, told where their runs tell their progress.</summary>
internal static class Reports
{
    public static void Tell(this IRunReporter reporter, StepReported report)
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
