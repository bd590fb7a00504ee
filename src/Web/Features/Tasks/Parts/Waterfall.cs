using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>A part of a step's time, in milliseconds from the task's beginning.</summary>
/// <param name="Kind"><c>queued</c>, <c>working</c>, <c>lost</c> (worked on by a worker that was lost) or <c>waiting</c>.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended, or now.</param>
/// <param name="Open">Whether it goes on.</param>
internal readonly record struct WaterfallSpan(string Kind, double From, double To, bool Open);

/// <summary>A step's line.</summary>
internal sealed record WaterfallRow(StepView Step, int Depth, ImmutableArray<WaterfallSpan> Spans)
{
    public TimeSpan Of(string kind) =>
        TimeSpan.FromMilliseconds(Spans.Where(span => span.Kind == kind).Sum(static span => span.To - span.From));

    /// <summary>All that was worked, what was lost included.</summary>
    public TimeSpan Worked => Of("working") + Of("lost");
}

/// <summary>A task's steps over its time, callers above what they called, in the order they were asked for. Pure.</summary>
/// <param name="Rows">The steps.</param>
/// <param name="Milliseconds">From the task's beginning to its end, or to now.</param>
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

    // What has no end yet is what it waits for now.
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
        // Before its first run, and after a loss, it is with its agent's queue.
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
