using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>
/// The structure of a run, read from the keys of its recorded calls: which ran one after another, in branches, or at the same
/// time. A long sequence or a wide fan-out is drawn as one box when there are too many boxes. Pure.
/// </summary>
internal sealed class StepFlow
{
    /// <summary>With more boxes than this, long parts are collapsed.</summary>
    public const int MaxBoxes = 40;

    private readonly ILookup<int, StepView> _children;
    private readonly bool _collapse;

    private StepFlow(ILookup<int, StepView> children, bool collapse) => (_children, _collapse) = (children, collapse);

    public static FlowBlock Of(ImmutableArray<StepView> steps)
    {
        var children = steps.ByCaller();
        var whole = new StepFlow(children, false).Roots();
        return whole.Boxes > MaxBoxes ? new StepFlow(children, true).Roots() : whole;
    }

    private FlowBlock Roots() => Column([.. _children[0].Select(Step)], null);

    private FlowBlock Step(StepView step)
    {
        var leaf = new FlowLeaf(new FlowBox("step", step.DisplayState(), $"{step.Id} {step.ShortName()}", Detail(step), 1), step);
        var entries = _children[step.Id].Select(static child => new Entry(child.Key ?? $"{child.Id}", child, null))
            .Concat(step.History.Where(static mark => mark.Kind is HistoryKind.Timer or HistoryKind.Question or HistoryKind.Message)
                .Select(static mark => new Entry(mark.Key, null, mark)))
            .OrderBy(static entry => entry.Key, CommandIds.Order).ToList();
        return entries.Count == 0 ? leaf : Row([leaf, Body(step, "", entries)]);
    }

    // A call that began before the one ahead of it had ended is drawn beside it: the code did not wait for it.
    private FlowBlock Body(StepView owner, string prefix, List<Entry> entries)
    {
        var stages = new List<List<FlowBlock>>();
        var busyUntil = DateTimeOffset.MinValue;
        foreach (var group in entries.GroupBy(entry => entry.Key[prefix.Length..].Split('.')[0]))
        {
            var here = group.ToList();
            var block = here is [{ } one] && one.Key == prefix + group.Key ? At(one) : Branches(owner, $"{prefix}{group.Key}", here);
            var until = here.Max(static entry => entry.Until);
            if (stages.Count > 0 && here.Min(static entry => entry.From) < busyUntil)
            {
                stages[^1].Add(block);
                busyUntil = until > busyUntil ? until : busyUntil;
            }
            else
            {
                stages.Add([block]);
                busyUntil = until;
            }
        }

        return Row([.. stages.Select(stage => Column([.. stage], null))]);
    }

    private FlowBlock Branches(StepView owner, string key, List<Entry> entries)
    {
        var branches = entries
            .GroupBy(entry => entry.Key.Length > key.Length ? entry.Key[(key.Length + 1)..].Split('.')[0] : "")
            .Select(branch => Body(owner, $"{key}.{branch.Key}.", [.. branch])).ToImmutableArray();
        var race = owner.History.Any(mark => mark.Key == key + ".winner");
        return Column(branches, race ? $"race of {branches.Length}" : $"{branches.Length} {(branches.Length == 1 ? "branch" : "branches")}");
    }

    private FlowBlock At(Entry entry) => entry.Step is { } step ? Step(step) : Leaf(entry.Mark!);

    private static FlowLeaf Leaf(HistoryEntryView mark) => mark.Kind switch
    {
        HistoryKind.Timer => new(new FlowBox("wait", "paused", "Wait", Format.Duration(mark.EndedAt!.Value - mark.At), 0), null),
        HistoryKind.Question => new(
            new FlowBox(
                "question",
                mark.EndedAt is null ? "paused" : "completed",
                "Question for you",
                mark.Reused
                    ? "answer reused"
                    : mark.EndedAt is { } answered
                    ? $"answered after {Format.Duration(answered - mark.At)}"
                    : "waiting for your answer",
                0),
            null),
        _ =>
            new(
                new FlowBox(
                    "message", mark.EndedAt is null ? "paused" : "completed", "Message", mark.EndedAt is null ? "waiting" : "received", 0),
                null),
    };

    private FlowBlock Row(ImmutableArray<FlowBlock> blocks) =>
        blocks.Length == 1 ? blocks[0]
        : !_collapse || blocks.Length <= 9 ? new FlowRow(blocks)
        : new FlowRow([.. blocks[..4], More([.. blocks[4..^4]]), .. blocks[^4..]]);

    private FlowBlock Column(ImmutableArray<FlowBlock> blocks, string? label) =>
        blocks.Length == 1 && label is null ? blocks[0]
        : _collapse && blocks.Sum(static block => block.Boxes) > 6 ? More(blocks)
        : new FlowColumn(blocks, label);

    private static FlowLeaf More(ImmutableArray<FlowBlock> blocks)
    {
        var steps = blocks.SelectMany(static block => block.Steps).ToList();
        var states = string.Join(", ", steps.GroupBy(static step => step.State).OrderBy(static each => each.Key)
            .Select(static each => $"{each.Count()} {StateLabel.Of(each.Key.Word()).Text.ToLowerInvariant()}"));
        var tone = steps.Exists(static step => step.State == StepState.Failed) ? "failed"
            : steps.TrueForAll(static step => step.State == StepState.Completed) ? "completed" : "working";
        return new FlowLeaf(new FlowBox("more", tone, $"{steps.Count} steps", states, steps.Count), null) { All = [.. steps] };
    }

    private static string Detail(StepView step) => step switch
    {
        { ReusedFrom: not null } => "Reused · nothing paid",
        { State: StepState.Completed, StartedAt: { } from, EndedAt: { } to } =>
            $"Finished · {Format.Duration(to - from)} · {Format.Tokens(step.CostMicro)} tok",
        { StartedAt: { } from, EndedAt: { } to } => $"{step.StateText()} · {Format.Duration(to - from)}",
        _ => step.StateText(),
    };

    private sealed record Entry(string Key, StepView? Step, HistoryEntryView? Mark)
    {
        public DateTimeOffset From => Step?.RequestedAt ?? Mark!.At;

        public DateTimeOffset Until =>
            Step is not null ? Step.EndedAt ?? DateTimeOffset.MaxValue : Mark!.EndedAt ?? DateTimeOffset.MaxValue;
    }
}
