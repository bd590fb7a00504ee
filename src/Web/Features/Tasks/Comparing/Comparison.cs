using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Comparing;

/// <summary>The same call in two runs.</summary>
/// <param name="Path">The keys of the calls from the root step down to this one; empty for the root step.</param>
/// <param name="First">The step of the first run, or null.</param>
/// <param name="Second">The step of the second run, or null.</param>
/// <param name="Differences">What differs, in words; empty when nothing does.</param>
internal sealed record StepPair(ImmutableArray<string> Path, StepView? First, StepView? Second, ImmutableArray<string> Differences);

/// <summary>Compares two runs. Pure, bounded.</summary>
internal static class Comparison
{
    /// <summary>At most this many differences of a value are listed.</summary>
    public const int MaxValues = 40;

    private const string Within = " › ";

    private static readonly Comparer<string> InOrder = Comparer<string>.Create(static (a, b) =>
        CommandIds.Compare(a.Replace(Within, ".", StringComparison.Ordinal), b.Replace(Within, ".", StringComparison.Ordinal)) is var order
            && order != 0
            ? order
            : string.CompareOrdinal(a, b));

    private const int MaxText = 300;
    private const int MaxDepth = 40;

    public static ImmutableArray<StepPair> Steps(TaskView first, TaskView second)
    {
        var (a, b) = (ByPath(first), ByPath(second));
        return
        [
            .. a.Keys.Union(b.Keys).Order(InOrder).Select(place =>
            {
                var (left, right) = (a.GetValueOrDefault(place), b.GetValueOrDefault(place));
                return new StepPair(Parts(place), left, right, Differences(left, right));
            }),
        ];
    }

    /// <summary>Where two contents differ; null when one of them does not exist or was erased.</summary>
    public static ImmutableArray<ValueDifference>? Between(Payload? first, Payload? second)
    {
        if (first is null || second is null)
        {
            return null;
        }

        var found = new List<ValueDifference>();
        Walk("", first.ToElement(), second.ToElement(), found, 0);
        return [.. found];
    }

    private static ImmutableArray<string> Parts(string place) => place.Length == 0 ? [] : [.. place.Split(Within)];

    private static Dictionary<string, StepView> ByPath(TaskView task)
    {
        var places = new Dictionary<int, string>();
        var steps = new Dictionary<string, StepView>(StringComparer.Ordinal);
        foreach (var step in task.Steps)
        {
            var above = step.ParentId is { } parent ? places.GetValueOrDefault(parent, "") : "";
            var place = step.Key is not { } key ? "" : above.Length == 0 ? key : above + Within + key;
            places[step.Id] = place;
            steps[place] = step;
        }

        return steps;
    }

    private static ImmutableArray<string> Differences(StepView? first, StepView? second)
    {
        if (first is null || second is null)
        {
            return [first is null ? "only in the second" : "only in the first"];
        }

        var found = ImmutableArray.CreateBuilder<string>();
        Add(first.Agent != second.Agent, "agent");
        Add(first.AgentVersion != second.AgentVersion, "version");
        Add(first.State != second.State, "state");
        Add(first.FailureCode != second.FailureCode, "failure");
        Add(!Same(first.Input, second.Input), "input");
        Add(!Same(first.Output, second.Output), "answer");
        return found.ToImmutable();

        void Add(bool differs, string what)
        {
            if (differs)
            {
                found.Add(what);
            }
        }
    }

    private static bool Same(Payload? first, Payload? second) => first is null ? second is null : first.SameAs(second);

    private static void Walk(string path, JsonElement first, JsonElement second, List<ValueDifference> found, int depth)
    {
        if (found.Count >= MaxValues)
        {
            return;
        }

        if (depth < MaxDepth && first.ValueKind == JsonValueKind.Object && second.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in first.EnumerateObject().Select(static member => member.Name)
                .Union(second.EnumerateObject().Select(static member => member.Name)))
            {
                Walk(
                    $"{path}/{JsonPointer.Escape(name)}",
                    first.TryGetProperty(name, out var left) ? left : default,
                    second.TryGetProperty(name, out var right) ? right : default,
                    found,
                    depth + 1);
            }
        }
        else if (depth < MaxDepth && first.ValueKind == JsonValueKind.Array && second.ValueKind == JsonValueKind.Array)
        {
            var (left, right) = (first.GetArrayLength(), second.GetArrayLength());
            for (var i = 0; i < Math.Max(left, right) && found.Count < MaxValues; i++)
            {
                Walk($"{path}/{i}", i < left ? first[i] : default, i < right ? second[i] : default, found, depth + 1);
            }
        }
        else if (Text(first) is var a && Text(second) is var b && a != b)
        {
            found.Add(new ValueDifference(path, Truncate(a), Truncate(b)));
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string? Truncate(string? text) => text is { Length: > MaxText } ? text[..MaxText] + "…" : text;
}
