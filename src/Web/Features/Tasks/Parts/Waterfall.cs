using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>A part of a step's time, in milliseconds since the start of the task.</summary>
/// <param name="Kind"><c>queued</c>, <c>working</c>, <c>lost</c> (the worker was lost) or <c>waiting</c>.</param>
/// <param name="From">The start.</param>
/// <param name="To">The end, or now.</param>
/// <param name="Open">Whether it has not ended.</param>
internal readonly record struct WaterfallSpan(string Kind, double From, double To, bool Open);

/// <summary>The row of a step.</summary>
internal sealed record WaterfallRow(StepView Step, int Depth, ImmutableArray<WaterfallSpan> Spans)
{
    public TimeSpan Of(string kind) =>
        TimeSpan.FromMilliseconds(Spans.Where(span => span.Kind == kind).Sum(static span => span.To - span.From));

    /// <summary>The working time, including that of lost workers.</summary>
    public TimeSpan Worked => Of("working") + Of("lost");
}

/// <summary>The steps of a task over time, each below its caller, in the order of the calls. Pure.</summary>
/// <param name="Rows">The steps.</param>
/// <param name="Milliseconds">The time from the start of the task to its end, or to now.</param>
internal sealed record Waterfall(ImmutableArray<WaterfallRow> Rows, double Milliseconds)
{
    public static Waterfall Of(TaskView task, DateTimeOffset now)
    {
        var children = task.Steps.ByCaller();
        var rows = ImmutableArray.CreateBuilder<WaterfallRow>(task.Steps.Length);
        Add(0, 0);
        return new(rows.ToImmutable(), Math.Max(1, ((task.EndedAt ?? now) - task.CreatedAt).TotalMilliseconds));

        void Add(int parent, int depth)
        {
            foreach (var step in children[parent].OrderBy(static each => each.Id))
            {
                rows.Add(new WaterfallRow(step, depth, Spans(step, task.CreatedAt, now)));
                Add(step.Id, depth + 1);
            }
        }
    }

    // A span without an end shows what the step waits for now.
    private static string Now(StepView step, string otherwise) => step.WaitingFor?.Kind switch
    {
        null => otherwise,
        WaitKinds.Queue => "queued",
        _ => "waiting",
    };

    private static ImmutableArray<WaterfallSpan> Spans(StepView step, DateTimeOffset begin, DateTimeOffset now)
    {
        if (step.ReusedFrom is not null)
        {
            return [];
        }

        var spans = new List<WaterfallSpan>();
        var runs = step.Runs.IsEmpty && step.StartedAt is { } started ? [new StepRun(started, step.EndedAt)] : step.Runs;
        var at = step.RequestedAt;
        // Before the first run and after a loss, the step is in the queue of its agent.
        var between = "queued";
        foreach (var run in runs)
        {
            Put(between, at, run.StartedAt);
            Put(run.Lost ? "lost" : "working", run.StartedAt, run.EndedAt);
            at = run.EndedAt ?? now;
            between = run.Lost ? "queued" : "waiting";
        }

        if (runs.IsEmpty)
        {
            Put(step.EndedAt is null ? Now(step, "queued") : "queued", at, step.EndedAt);
        }
        else if (step.EndedAt is null && runs[^1].EndedAt is not null)
        {
            Put(Now(step, between), at, null);
        }

        return [.. spans];

        void Put(string kind, DateTimeOffset from, DateTimeOffset? to)
        {
            var (left, right) = ((from - begin).TotalMilliseconds, ((to ?? now) - begin).TotalMilliseconds);
            if (right > left || to is null)
            {
                spans.Add(new WaterfallSpan(kind, Math.Max(0, left), Math.Max(left, right), to is null));
            }
        }
    }
}
