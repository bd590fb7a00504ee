using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Agents.Facts.Wording;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Facts;

/// <summary>
/// Looks each claim up in the sources. Rules on wording give the verdicts; nearness in meaning only finds the passages to show.
/// </summary>
internal sealed class FactAgent(IEmbedder embedder, WorkGate gate) : IAgent
{
    private const int MaxNearest = 3;

    public AgentCard Card => FactCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<FactInput>(input);
        var claims = request.Claims ?? [];
        Check.Between(claims.Count, "The number of claims", 1, FactCard.MaxClaims);
        var texts = claims.Select((claim, i) => Check.Text(claim, $"claims[{i}]", FactCard.MaxClaim)).ToList();
        var sources = request.Sources ?? [];
        Check.Between(sources.Count, "The number of sources", 1, FactCard.MaxSources);
        for (var i = 0; i < sources.Count; i++)
        {
            Check.Text(sources[i]?.Text, $"sources[{i}].text", FactCard.MaxCharacters);
        }

        return request.MinimumScore is >= 0 and <= 1
            ? gate.RunAsync(() => CheckAll(texts, sources!, request.MinimumScore, context, cancellationToken), cancellationToken)
            : throw new AgentRefusedException("`minimumScore` must be between 0 and 1.") { Code = "invalid_input" };
    }

    private JsonElement CheckAll(
        List<string> claims, IReadOnlyList<FactSource> sources, double minimum, IAgentContext context, CancellationToken cancellationToken)
    {
        var statements = new List<IReadOnlyList<Statement>>();
        foreach (var source in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            statements.Add(Statements.Of(source.Text!, source.Title));
        }

        var all = statements.SelectMany((read, i) => Passages(sources[i], i, read)).ToList();
        var passages = all.Take(FactCard.MaxPassages).ToList();
        if (passages.Count == 0)
        {
            throw new AgentRefusedException("No source has a sentence with a letter or a digit.") { Code = "empty_input" };
        }

        var total = claims.Count + passages.Count;
        var vectors = embedder.Embed(
            [.. claims, .. passages.Select(static passage => passage.Text)],
            done => context.Progress(95.0 * done / total, $"Read {Math.Max(0, done - claims.Count)} of {passages.Count} passages"),
            cancellationToken);
        var verdicts = new List<CheckedClaim>();
        for (var i = 0; i < claims.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scores = vectors.AsSpan(claims.Count).ToArray().Select(vector => Vectors.Similarity(vectors[i], vector)).ToArray();
            var checkedClaim = Checked(claims[i], ClaimRules.Decide(claims[i], statements), sources, passages, scores, minimum);
            verdicts.Add(checkedClaim);
            context.Write($"{Said(checkedClaim.Verdict)}: {checkedClaim.Claim}\n");
        }

        int Count(Verdict verdict) => verdicts.Count(checkedClaim => checkedClaim.Verdict == verdict);
        context.Progress(100, $"{Count(Verdict.Supported)} of {claims.Count} claims stand in the sources");
        return AgentJson.Answer(new FactAnswer(
            verdicts, Count(Verdict.Supported), Count(Verdict.Contradicted), Count(Verdict.CannotTell), Count(Verdict.Unsupported),
            passages.Count, all.Count > passages.Count));
    }

    private static CheckedClaim Checked(
        string claim, Ruling ruling, IReadOnlyList<FactSource> sources, List<FactPassage> passages, double[] scores, double minimum)
    {
        var nearest = Enumerable.Range(0, passages.Count).OrderByDescending(i => scores[i]).ThenBy(static i => i).ToList();
        var (verdict, reason) = (ruling.Verdict, ruling.Reason);
        if (verdict is null)
        {
            (verdict, reason) = scores[nearest[0]] < minimum
                ? (Verdict.Unsupported, "No passage is near enough to the claim. That does not make it false.")
                : (Verdict.CannotTell, "A passage is near in meaning but worded otherwise: rules cannot tell whether it says the claim. Please read it.");
        }

        var passage = ruling.Passage is { } found
            ? Cut(sources[ruling.Source], ruling.Source, found.Offset, found.Text.Length)
            : passages[nearest[0]];
        var at = passages.FindIndex(
            each => each.Source == passage.Source && each.Offset == passage.Offset && each.Text.Length == passage.Text.Length);
        IReadOnlyList<string> differs = verdict is Verdict.Supported or Verdict.Unsupported
            ? []
            : Differences.Of(WordReader.Read(claim), WordReader.Read(passage.Text));
        return new CheckedClaim(
            claim, verdict.Value, Math.Clamp(Math.Round(scores[at >= 0 ? at : nearest[0]], 4), -1, 1), reason, passage, differs,
            [.. nearest.Take(MaxNearest).Select(i => passages[i])]);
    }

    private static string Said(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "Supported",
        Verdict.Contradicted => "Contradicted",
        Verdict.CannotTell => "Cannot tell",
        _ => "Unsupported",
    };

    // Single sentences, and pairs of neighbours: a claim may draw on both.
    private static IEnumerable<FactPassage> Passages(FactSource source, int index, IReadOnlyList<Statement> statements)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            yield return Cut(source, index, statements[i].Offset, statements[i].Text.Length);
            if (i + 1 < statements.Count)
            {
                var end = statements[i + 1].Offset + statements[i + 1].Text.Length;
                yield return Cut(source, index, statements[i].Offset, end - statements[i].Offset);
            }
        }
    }

    private static FactPassage Cut(FactSource source, int index, int from, int length)
    {
        var text = TextCut.Head(source.Text!.Substring(from, length), FactCard.MaxPassage);
        return new FactPassage(text, index, source.Title ?? "", from);
    }
}
