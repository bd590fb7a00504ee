using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

// Values that runs outside the platform have gone on with, and send with what follows them. See ADR 23.
internal sealed partial class TaskGrain
{
    public async Task<RecordedValues> RecordValuesAsync(RecordValues command)
    {
        var before = _log.Version;
        var recorded = Stage(command.StepId, command.Attempt, command.Values);
        if (_log.Version == before)
        {
            await _log.DurableAsync();
            return recorded;
        }

        await _log.AppendAsync([], task => RowOf(task, listed: false));
        _pulse.Ring();
        return recorded;
    }

    /// <summary>Stages values up to the first that cannot be recorded: they are durable with what is appended next.</summary>
    private RecordedValues Stage(int stepId, int attempt, ImmutableArray<RunValue> values)
    {
        if (values.IsDefault)
        {
            return new RecordedValues(0, null);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var (fact, failure) = ValueRules.Decide(Record, stepId, attempt, values[i], _clock.GetUtcNow(), _options);
            if (failure is not null)
            {
                return new RecordedValues(i, failure);
            }

            if (fact is not null)
            {
                _log.Stage(fact);
            }
        }

        return new RecordedValues(values.Length, null);
    }

    /// <summary>A call that brings values: they are recorded before it, and durable before its caller learns of a failure.</summary>
    private async Task<StepCallResult> CallWithValuesAsync(StepCall call)
    {
        var result = Stage(call.StepId, call.Attempt ?? 0, call.Values).Failure is { } failure
            ? Failed(failure)
            : await CallAgentAsync(call with { Values = [] });
        if (result.Failure is not null)
        {
            await _log.DurableAsync();
        }

        return result;
    }

    /// <summary>The end of a run that brings values, once those are staged; null when the run is to be done again.</summary>
    private StepEnd? WithValues(StepEnd end)
    {
        if (end.Values.IsDefaultOrEmpty || Record.Ended || Record.Step(end.StepId) is not { Outstanding: true } step
            || step.Attempt != end.Attempt || step.Turn != end.Turn
            || Stage(end.StepId, end.Attempt, end.Values).Failure is not { } failure)
        {
            return end;
        }

        return ValueRules.IsSuperseded(failure) ? null : end with { Output = null, Failure = failure, Suspended = false };
    }
}
