using System.Globalization;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Attempts that an endpoint took over, to report later how they ended.</summary>
internal sealed class TaskCallbacks(TaskContext context, TaskHistory history, TaskRuns runs)
{
    private const string AcceptedKey = "accepted.";

    /// <summary>Records how an attempt ended; completes when that is durable.</summary>
    public async Task<StepEnding> EndAsync(StepEnd end)
    {
        if (await runs.TryEndAsync(end))
        {
            return StepEnding.Recorded;
        }

        await context.Log.DurableAsync();
        return CallbackRules.Of(context.Record, end);
    }

    /// <summary>Records that an endpoint has taken an attempt over; null when that attempt does not run.</summary>
    public async Task<StepAccepted?> AcceptAsync(int stepId, int attempt)
    {
        if (context.Record.Step(stepId)?.Attempt != attempt)
        {
            return null;
        }

        var key = AcceptedKey + attempt.ToString(CultureInfo.InvariantCulture);
        var entry = await history.RecordAsync(new HistoryRequest(stepId, key, HistoryKind.Value, null, Payload.EmptyObject));
        return entry.At is { } at ? new StepAccepted(attempt, at) : null;
    }

    /// <summary>The attempt of a step that an endpoint took over last.</summary>
    public async Task<StepAccepted?> AcceptedAsync(int stepId)
    {
        await context.Log.DurableAsync();
        return context.Record.Step(stepId)?.History
            .Where(static entry => entry.Key.StartsWith(AcceptedKey, StringComparison.Ordinal))
            .Select(static entry => new StepAccepted(
                int.Parse(entry.Key.AsSpan(AcceptedKey.Length), CultureInfo.InvariantCulture), entry.Value.At))
            .MaxBy(static accepted => accepted.Attempt);
    }
}
