using Orkestron.Journal;

namespace Orkestron.Benchmarks.Journal;

/// <summary>Three durable steps, one after the other.</summary>
[Alias("bench.run")]
public interface IRunGrain : IGrainWithGuidKey
{
    [Alias("run")]
    Task RunAsync();
}

/// <summary>The naive way: the state is written after each step.</summary>
[Alias("bench.naive-run")]
public interface INaiveRunGrain : IRunGrain;

/// <summary>This product's way: each step is appended to the journal.</summary>
[Alias("bench.journal-run")]
public interface IJournalRunGrain : IRunGrain;

[GenerateSerializer, Alias("bench.run-state")]
internal sealed class RunState
{
    [Id(0)]
    public List<string> Steps { get; set; } = [];
}

internal sealed class NaiveRunGrain([PersistentState("run", "cold")] IPersistentState<RunState> stored)
    : Grain, INaiveRunGrain
{
    public async Task RunAsync()
    {
        for (var step = 0; step < 3; step++)
        {
            stored.State.Steps.Add("step completed with a small result");
            await stored.WriteStateAsync();
        }

        DeactivateOnIdle();
    }
}

internal sealed class JournalRunGrain(IJournal journal, TimeProvider clock) : Grain, IJournalRunGrain
{
    private static readonly byte[] Body = "step completed with a small result"u8.ToArray();

    public async Task RunAsync()
    {
        var stream = $"bench/{this.GetPrimaryKey():N}";
        for (var step = 0; step < 3; step++)
        {
            var at = clock.GetUtcNow();
            await journal.AppendAsync(new Append
            {
                Stream = stream,
                ExpectedVersion = step,
                AppendId = Guid.CreateVersion7(at),
                Events = [new NewEvent("step.completed", at, Body, default)],
            });
        }

        DeactivateOnIdle();
    }
}
