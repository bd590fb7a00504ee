using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.TextDiff;

/// <summary>Compares two texts line by line.</summary>
internal sealed class TextDiffAgent(WorkGate gate) : IAgent
{
    public AgentCard Card => TextDiffCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<TextDiffInput>(input);
        var lines = Check.Between(request.Context, "context", 0, TextDiffCard.MaxContext);
        var before = Lines(request.Before, "before");
        var after = Lines(request.After, "after");
        return gate.RunAsync(() => Compare(before, after, lines, request, context, cancellationToken), cancellationToken);
    }

    private static JsonElement Compare(
        IReadOnlyList<TextLine> before,
        IReadOnlyList<TextLine> after,
        int lines,
        TextDiffInput request,
        IAgentContext context,
        CancellationToken cancellationToken)
    {
        context.Progress(10, $"Comparing {before.Count:N0} with {after.Count:N0} lines");
        var (left, right) = LineKeys.Of(before, after, request.WhiteSpace, request.IgnoreCase);
        var pairs = LineDiff.Pairs(left, right, cancellationToken);
        context.Progress(70, "Writing the diff");
        var (diff, truncated) = UnifiedDiff.Write(before, after, pairs, lines, TextDiffCard.MaxDiff);
        var (added, removed) = (after.Count - pairs.Count, before.Count - pairs.Count);
        context.Write(diff.Length == 0 ? "The texts are the same." : TextCut.Head(diff, 2_000));
        context.Progress(100, $"{added:N0} lines added, {removed:N0} removed");
        return AgentJson.Answer(new TextDiffAnswer(
            diff,
            added == 0 && removed == 0,
            added,
            removed,
            pairs.Count,
            Math.Round(2.0 * pairs.Count / (before.Count + after.Count), 4),
            truncated));
    }

    private static IReadOnlyList<TextLine> Lines(string? text, string field)
    {
        var lines = TextLine.Split(Check.Text(text, field, TextDiffCard.MaxCharacters));
        return lines.Count <= TextDiffCard.MaxLines
            ? lines
            : throw new AgentRefusedException(
                $"`{field}` has {lines.Count:N0} lines; at most {TextDiffCard.MaxLines:N0} are allowed. Split or shorten it.")
            {
                Code = "input_too_large",
            };
    }
}
