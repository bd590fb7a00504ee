using System.Collections.Immutable;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Values that runs outside the platform have gone on with, and send with what follows them. See ADR 23.</summary>
internal sealed class TaskValues(TaskContext context, TaskIdling idling)
{
    /// <summary>Records values of a run; completes when they are durable.</summary>
    public async Task<RecordedValues> RecordAsync(RecordValues command)
    {
        var before = context.Log.Version;
        var recorded = Stage(command.StepId, command.Attempt, command.Values);
        if (context.Log.Version == before)
        {
            await context.Log.DurableAsync();
            return recorded;
        }

        await context.AppendAsync([], task => idling.RowOf(task, listed: false));
        return recorded;
    }

    /// <summary>Stages values up to the first that cannot be recorded: they are durable with what is appended next.</summary>
    public RecordedValues Stage(int stepId, int attempt, ImmutableArray<RunValue> values)
    {
        if (values.IsDefault)
        {
            return new RecordedValues(0, null);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var (fact, failure) = ValueRules.Decide(context.Record, stepId, attempt, values[i], context.Now, context.Options);
            if (failure is not null)
            {
                return new RecordedValues(i, failure);
            }

            if (fact is not null)
            {
                context.Log.Stage(fact);
            }
        }

        return new RecordedValues(values.Length, null);
    }

    /// <summary>The end of a run that brings values, once those are staged; null when the run is to be done again.</summary>
    public StepEnd? Take(StepEnd end)
    {
        if (end.Values.IsDefaultOrEmpty || context.Record.Ended || context.Record.Step(end.StepId) is not { Outstanding: true } step
            || step.Attempt != end.Attempt || step.Turn != end.Turn
            || Stage(end.StepId, end.Attempt, end.Values).Failure is not { } failure)
        {
            return end;
        }

        return ValueRules.IsSuperseded(failure) ? null : end with { Output = null, Failure = failure, Suspended = false };
    }
}
