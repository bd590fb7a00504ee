using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Facts;

/// <summary>Looks for the passage nearest to each claim, and whether it is near enough and agrees in figures.</summary>
internal sealed class FactAgent(IEmbedder embedder, WorkGate gate) : IAgent
{
    public AgentCard Card => FactCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<FactInput>(input);
        var claims = request.Claims ?? [];
        Check.Between(claims.Count, "The number of claims", 1, FactCard.MaxClaims);
        var texts = claims.Select((claim, i) => Check.Text(claim, $"claims[{i}]", 1_000)).ToList();
        var sources = request.Sources ?? [];
        Check.Between(sources.Count, "The number of sources", 1, FactCard.MaxSources);
        for (var i = 0; i < sources.Count; i++)
        {
            Check.Text(sources[i]?.Text, $"sources[{i}].text", FactCard.MaxCharacters);
        }

        return request.MinimumScore is >= 0 and <= 1
            ? gate.RunAsync(() => CheckAll(texts, sources, request.MinimumScore, context, cancellationToken), cancellationToken)
            : throw new AgentRefusedException("`minimumScore` must be between 0 and 1.") { Code = "invalid_input" };
    }

    private JsonElement CheckAll(
        List<string> claims, IReadOnlyList<FactSource?> sources, double minimum, IAgentContext context, CancellationToken cancellationToken)
    {
        var all = sources.SelectMany(static (source, i) => Passages(source!, i)).ToList();
        var read = all.Take(FactCard.MaxPassages).ToList();
        if (read.Count == 0)
        {
            throw new AgentRefusedException("No source has a sentence with a letter or a digit.") { Code = "empty_input" };
        }

        var total = claims.Count + read.Count;
        var vectors = embedder.Embed(
            [.. claims, .. read.Select(static passage => passage.Text)],
            done => context.Progress(95.0 * done / total, $"Read {Math.Max(0, done - claims.Count)} of {read.Count} passages"),
            cancellationToken);
        var verdicts = claims.Select((claim, i) => Judge(claim, vectors[i], read, vectors.AsSpan(claims.Count), minimum)).ToList();
        foreach (var verdict in verdicts)
        {
            context.Write($"{(verdict.Verdict == Verdict.Supported ? "Supported" : "Unsupported")}: {verdict.Claim}\n");
        }

        var supported = verdicts.Count(static v => v.Verdict == Verdict.Supported);
        context.Progress(100, $"The sources support {supported} of {claims.Count} claims");
        return AgentJson.Answer(new FactAnswer(verdicts, supported, read.Count, all.Count > read.Count));
    }

    // The best passage that agrees decides; when none does, the nearest is shown with what it lacks.
    private static CheckedClaim Judge(
        string claim, float[] meaning, List<FactPassage> passages, ReadOnlySpan<float[]> vectors, double minimum)
    {
        var (nearest, nearestScore, agreeing, agreeingScore) = (0, double.MinValue, -1, double.MinValue);
        for (var i = 0; i < passages.Count; i++)
        {
            var score = Vectors.Similarity(meaning, vectors[i]);
            if (score > nearestScore)
            {
                (nearest, nearestScore) = (i, score);
            }

            if (score >= minimum && score > agreeingScore && Doubt(claim, passages[i].Text) is null)
            {
                (agreeing, agreeingScore) = (i, score);
            }
        }

        if (agreeing >= 0)
        {
            return Told(claim, Verdict.Supported, agreeingScore, "A passage says nearly the same.", passages[agreeing]);
        }

        var reason = nearestScore < minimum
            ? "No passage is near enough to the claim."
            : Doubt(claim, passages[nearest].Text)!;
        return Told(claim, Verdict.Unsupported, nearestScore, reason, passages[nearest]);
    }

    private static string? Doubt(string claim, string passage) =>
        Figures.Missing(claim, passage) is { } number
            ? $"The nearest passage does not have the number {(number.Length <= 40 ? number : number[..40])}."
            : Figures.NegatedOtherwise(claim, passage) ? "One of claim and passage denies, the other does not." : null;

    private static CheckedClaim Told(string claim, Verdict verdict, double score, string reason, FactPassage passage) =>
        new(claim, verdict, Math.Clamp(Math.Round(score, 4), -1, 1), reason, passage);

    // Single sentences, and pairs of neighbours: a claim may draw on both.
    private static IEnumerable<FactPassage> Passages(FactSource source, int index)
    {
        var sentences = SentenceSplitter.Split(source.Text!);
        for (var i = 0; i < sentences.Count; i++)
        {
            yield return Cut(sentences[i].Offset, sentences[i].Text.Length);
            if (i + 1 < sentences.Count)
            {
                var end = sentences[i + 1].Offset + sentences[i + 1].Text.Length;
                yield return Cut(sentences[i].Offset, end - sentences[i].Offset);
            }
        }

        FactPassage Cut(int from, int length)
        {
            length = Math.Min(length, FactCard.MaxPassage);
            length -= char.IsHighSurrogate(source.Text![from + length - 1]) ? 1 : 0;
            return new FactPassage(source.Text.Substring(from, length), index, source.Title ?? "", from);
        }
    }
}
