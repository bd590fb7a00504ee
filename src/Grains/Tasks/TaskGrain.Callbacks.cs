using System.Globalization;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

// Attempts that an endpoint took over, to tell later how they ended.
internal sealed partial class TaskGrain
{
    private const string AcceptedKey = "accepted.";

    public async Task<StepEnding> EndAttemptAsync(StepEnd end)
    {
        var facts = WithOutput(TaskRules.EndStep(Record, end, _clock.GetUtcNow(), _options), end.StepId);
        if (facts.Count > 0)
        {
            await EndAsync(facts, end.StepId);
            return StepEnding.Recorded;
        }

        await _log.DurableAsync();
        return CallbackRules.Of(Record, end);
    }

    public async Task<StepAccepted?> AcceptAsync(int stepId, int attempt)
    {
        if (Record.Step(stepId)?.Attempt != attempt)
        {
            return null;
        }

        var key = AcceptedKey + attempt.ToString(CultureInfo.InvariantCulture);
        var entry = await RecordAsync(new HistoryRequest(stepId, key, HistoryKind.Value, null, Payload.EmptyObject));
        return entry.At is { } at ? new StepAccepted(attempt, at) : null;
    }

    public async Task<StepAccepted?> AcceptedAsync(int stepId)
    {
        await _log.DurableAsync();
        return Record.Step(stepId)?.History
            .Where(static entry => entry.Key.StartsWith(AcceptedKey, StringComparison.Ordinal))
            .Select(static entry => new StepAccepted(
                int.Parse(entry.Key.AsSpan(AcceptedKey.Length), CultureInfo.InvariantCulture), entry.Value.At))
            .MaxBy(static accepted => accepted.Attempt);
    }
}
