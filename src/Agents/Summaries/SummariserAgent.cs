using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Summaries;

/// <summary>Extractive summary: sentences near the text's centre that differ from each other.</summary>
internal sealed class SummariserAgent(IEmbedder embedder, WorkGate gate) : IAgent
{
    public AgentCard Card => SummariserCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<SummariserInput>(input);
        var text = Check.Text(request.Text, "text", SummariserCard.MaxCharacters);
        var wanted = Check.Between(request.Sentences, "sentences", 1, SummariserCard.MaxSentences);
        context.Progress(0, "Waiting for the processor");
        return gate.RunAsync(
            () => AgentJson.Answer(Summarise(text, wanted, request.Focus, context, cancellationToken)), cancellationToken);
    }

    private SummariserAnswer Summarise(
        string text, int wanted, string? focus, IAgentContext context, CancellationToken cancellationToken)
    {
        var all = SentenceSplitter.Split(text);
        var read = all.Take(SummariserCard.MaxSentencesRead).ToList();
        if (read.Count == 0)
        {
            throw new AgentRefusedException("`text` has no sentence with a letter or a digit.") { Code = "empty_input" };
        }

        var texts = read.Select(s => s.Text).ToList();
        if (!string.IsNullOrWhiteSpace(focus))
        {
            texts.Add(focus);
        }

        var vectors = embedder.Embed(
            texts,
            done => context.Progress(90.0 * done / texts.Count, $"Read {Math.Min(done, read.Count)} of {read.Count} sentences"),
            cancellationToken);
        var chosen = Choose(read, vectors, wanted);
        foreach (var sentence in chosen)
        {
            context.Write(sentence.Text + " ");
        }

        context.Progress(100, $"Chose {chosen.Count} of {read.Count} sentences");
        var summary = string.Join(' ', chosen.Select(c => c.Text));
        return new SummariserAnswer(
            summary, chosen, read.Count, all.Count > read.Count, Math.Round((double)summary.Length / text.Length, 4));
    }

    // The vector after the sentences, if there is one, is the focus.
    private static List<ChosenSentence> Choose(List<Sentence> sentences, float[][] vectors, int wanted)
    {
        var own = vectors[..sentences.Count];
        var centre = Vectors.Centroid(own);
        var focus = vectors.Length > own.Length ? vectors[^1] : null;
        var relevance = own.Select(v => focus is null
            ? Vectors.Similarity(v, centre)
            : (0.3 * Vectors.Similarity(v, centre)) + (0.7 * Vectors.Similarity(v, focus))).ToArray();
        return Vectors.Diverse(own, relevance, wanted, 0.7)
            .Order()
            .Select(i => new ChosenSentence(
                sentences[i].Text, i, Math.Clamp(Math.Round(relevance[i], 4), -1, 1)))
            .ToList();
    }
}
