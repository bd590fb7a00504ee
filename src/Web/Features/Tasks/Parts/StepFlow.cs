using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks.Parts;

/// <summary>
/// The structure of a run, read from the places of its durable asks: what was asked one after the other, in branches, and at
/// the same time. A long list or a wide fan is drawn as one box when there are too many. Pure.
/// </summary>
internal sealed class StepFlow
{
    /// <summary>More boxes than this are drawn together.</summary>
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
        var leaf = new FlowLeaf(new FlowBox("step", step.Shown(), $"{step.Id} {step.ShortName()}", Detail(step), 1), step);
        var places = _children[step.Id].Select(static child => new Place(child.Key ?? $"{child.Id}", child, null))
            .Concat(step.Marks.Where(static mark => mark.Kind is MarkKind.Timer or MarkKind.Question or MarkKind.Message)
                .Select(static mark => new Place(mark.Key, null, mark)))
            .OrderBy(static place => place.Key, PlaceKeys.Order).ToList();
        return places.Count == 0 ? leaf : Row([leaf, Body(step, "", places)]);
    }

    // What was asked before the one ahead of it had ended stands beside it: such code does not wait.
    private FlowBlock Body(StepView owner, string prefix, List<Place> places)
    {
        var stages = new List<List<FlowBlock>>();
        var busyUntil = DateTimeOffset.MinValue;
        foreach (var group in places.GroupBy(place => place.Key[prefix.Length..].Split('.')[0]))
        {
            var here = group.ToList();
            var block = here is [{ } one] && one.Key == prefix + group.Key ? At(one) : Branches(owner, $"{prefix}{group.Key}", here);
            var until = here.Max(static place => place.Until);
            if (stages.Count > 0 && here.Min(static place => place.From) < busyUntil)
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

    private FlowBlock Branches(StepView owner, string key, List<Place> places)
    {
        var branches = places
            .GroupBy(place => place.Key.Length > key.Length ? place.Key[(key.Length + 1)..].Split('.')[0] : "")
            .Select(branch => Body(owner, $"{key}.{branch.Key}.", [.. branch])).ToImmutableArray();
        var race = owner.Marks.Any(mark => mark.Key == key + ".winner");
        return Column(branches, race ? $"race of {branches.Length}" : $"{branches.Length} {(branches.Length == 1 ? "branch" : "branches")}");
    }

    private FlowBlock At(Place place) => place.Step is { } step ? Step(step) : Mark(place.Mark!);

    private static FlowLeaf Mark(MarkView mark) => mark.Kind switch
    {
        MarkKind.Timer => new(new FlowBox("wait", "paused", "Wait", Shown.Duration(mark.EndedAt!.Value - mark.At), 0), null),
        MarkKind.Question => new(
            new FlowBox(
                "question",
                mark.EndedAt is null ? "paused" : "completed",
                "Asks you",
                mark.Reused ? "answer reused" : mark.EndedAt is { } answered ? $"answered after {Shown.Duration(answered - mark.At)}" : "waits for you",
                0),
            null),
        _ => new(new FlowBox("message", mark.EndedAt is null ? "paused" : "completed", "Message", mark.EndedAt is null ? "waits for one" : "came", 0), null),
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
            .Select(static each => $"{each.Count()} {StateWord.Of(each.Key.Word()).Word.ToLowerInvariant()}"));
        var tone = steps.Exists(static step => step.State == StepState.Failed) ? "failed"
            : steps.TrueForAll(static step => step.State == StepState.Completed) ? "completed" : "working";
        return new FlowLeaf(new FlowBox("more", tone, $"{steps.Count} steps", states, steps.Count), null) { All = [.. steps] };
    }

    private static string Detail(StepView step) => step switch
    {
        { ReusedFrom: not null } => "Reused · nothing paid",
        { State: StepState.Completed, StartedAt: { } from, EndedAt: { } to } =>
            $"Finished · {Shown.Duration(to - from)} · {Shown.Tokens(step.CostMicro)} tok",
        { StartedAt: { } from, EndedAt: { } to } => $"{step.Told()} · {Shown.Duration(to - from)}",
        _ => step.Told(),
    };

    private sealed record Place(string Key, StepView? Step, MarkView? Mark)
    {
        public DateTimeOffset From => Step?.RequestedAt ?? Mark!.At;

        public DateTimeOffset Until => Step is not null ? Step.EndedAt ?? DateTimeOffset.MaxValue : Mark!.EndedAt ?? DateTimeOffset.MaxValue;
    }
}
