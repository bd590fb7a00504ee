using System.Globalization;
using Orkestron.Contracts.Agents;
using Orkestron.Domain.Agents;

namespace Orkestron.Web.Features.Publishing;

/// <summary>Maps what only an agent's owner sees from grains to the API.</summary>
internal static class OwnAgentMapping
{
    public static AgentRunListing ToListing(this LoggedRun run) => new(
        run.Number.ToString(CultureInfo.InvariantCulture),
        run.Version,
        run.StartedAt,
        run.Milliseconds,
        run.WaitMilliseconds,
        run.Outcome,
        run.Attempt,
        run.EarnedMicro is { } micro ? new Tokens(micro) : null,
        run.InputBytes,
        run.OutputBytes,
        run.Transport)
    {
        Own = run.Own,
        InputError = run.InputError,
    };

    public static AgentMetricsReport ToReport(this AgentMetrics metrics) => new(
        metrics.From, metrics.To, metrics.All.ToMetrics(), [.. metrics.Versions.Select(ToMetrics)]);

    public static EarningsPreview ToPreview(this AgentEarnings earnings) => new(
        earnings.RunsPerDay,
        earnings.InputBytes,
        earnings.FromRecentRuns,
        earnings.Current.ToExpected(),
        earnings.Candidate?.ToExpected(),
        new Tokens(earnings.DayMicro),
        new Tokens(earnings.MonthMicro));

    private static RunMetrics ToMetrics(this RunFigures figures) => new(
        figures.Version,
        figures.Runs,
        figures.Succeeded,
        figures.Failures.ToDictionary(static each => each.Code, static each => each.Count),
        figures.P50Milliseconds,
        figures.P95Milliseconds,
        figures.WaitP50Milliseconds,
        figures.WaitP95Milliseconds,
        new Tokens(figures.EarnedMicro))
    {
        OwnRuns = figures.OwnRuns,
        InputErrors = figures.InputErrors,
    };

    private static ExpectedEarnings ToExpected(this VersionEarnings each) => new(
        each.Version, each.RunsPerDay, each.SuccessRate, new Tokens(each.RunMicro), new Tokens(each.DayMicro), new Tokens(each.MonthMicro));
}
