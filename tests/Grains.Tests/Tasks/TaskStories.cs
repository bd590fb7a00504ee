using Microsoft.Extensions.Time.Testing;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Common;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>Tells short stories of a task to the fold.</summary>
internal static class TaskStories
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static readonly Guid Owner = Guid.Parse("0193a000-0000-7000-8000-000000000001");

    public static TaskRecord Submitted(long price = 100, long held = 1_000) =>
        Fold(TaskRecord.None, Submission(price, held));

    public static TaskEvent[] Submission(long price = 100, long held = 1_000) =>
    [
        new TaskSubmitted(Owner, "orkestron/summariser", "1.0.0", held, Guid.NewGuid(), Start.AddMinutes(30), "hash")
        {
            Content = Payload.EmptyObject,
        },
        new StepRequested(1, null, null, "orkestron/summariser", "1.0.0", price, true),
    ];

    public static TaskRecord Fold(TaskRecord task, params TaskEvent[] facts)
    {
        var version = task.Steps.SelectMany(static step => step.History.Values.Select(static entry => entry.Version).Append(step.Version))
            .DefaultIfEmpty().Max();
        return facts.Aggregate(task, (state, fact) =>
            TaskFold.Apply(state, new Recorded<TaskEvent>(++version, Start, fact)));
    }

    public static StepEnd Answer(int stepId = 1, int attempt = 1) => new()
    {
        StepId = stepId,
        Attempt = attempt,
        StartedAt = Start,
        EndedAt = Start.AddSeconds(1),
        Output = Payload.Of("""{"summary":"short"}"""),
    };

    public static StepEnd Failure(bool retryable, bool refused = false, int attempt = 1, TimeSpan? after = null) =>
        Answer(attempt: attempt) with
        {
            Output = null,
            Failure = new StepFailure("agent_failed", "It broke.", retryable, refused, after),
        };

    public static FakeTimeProvider Clock() => new(Start);
}
