using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Embeddings;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Search;

/// <summary>Ranks passages by meaning and quotes the best sentence.</summary>
internal sealed class SearchAgent(IEmbedder embedder, WorkGate gate) : IAgent
{
    // Unrelated sentences rarely come this near with this model: below it no answer is better than a wrong one.
    private const double NearEnough = 0.25;
    private const int PassagesQuotedFrom = 3;

    public AgentCard Card => SearchCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<SearchInput>(input);
        var question = Check.Text(request.Question, "question", SearchCard.MaxQuestion);
        var wanted = Check.Between(request.Passages, "passages", 1, SearchCard.MaxPassagesGiven);
        var documents = request.Documents ?? [];
        Check.Between(documents.Count, "documents", 1, SearchCard.MaxDocuments);
        for (var i = 0; i < documents.Count; i++)
        {
            Check.Text(documents[i]?.Text, $"documents[{i}].text", SearchCard.MaxCharacters);
        }

        return gate.RunAsync(() => Search(question, documents, wanted, context, cancellationToken), cancellationToken);
    }

    private JsonElement Search(
        string question,
        IReadOnlyList<SearchDocument> documents,
        int wanted,
        IAgentContext context,
        CancellationToken cancellationToken)
    {
        var all = documents.SelectMany((d, i) => PassageCutter.Cut(d.Text!, i)).ToList();
        var searched = all.Take(SearchCard.MaxPassages).ToList();
        if (searched.Count == 0)
        {
            throw new AgentRefusedException("No document has a sentence with a letter or a digit.") { Code = "empty_input" };
        }

        var vectors = embedder.Embed(
            [question, .. searched.Select(p => p.Text)],
            done => context.Progress(80.0 * done / (searched.Count + 1), $"Read {Math.Max(0, done - 1)} of {searched.Count} passages"),
            cancellationToken);
        var ranked = searched
            .Select((p, i) => new Passage(
                p.Text, p.Document, documents[p.Document].Title ?? "", p.Offset, Score(vectors[i + 1], vectors[0])))
            .OrderByDescending(p => p.Score)
            .ThenBy(p => p.Document)
            .ThenBy(p => p.Offset)
            .Take(wanted)
            .ToList();
        foreach (var passage in ranked)
        {
            context.Write($"{passage.Title}: {passage.Text}\n\n");
        }

        context.Progress(85, "Choosing the sentence that answers best");
        var answer = Quote(vectors[0], ranked, cancellationToken);
        context.Progress(100, answer is null ? "Nothing near the question was found" : $"Answered from {answer.Title}");
        return AgentJson.Answer(new SearchAnswer(answer, ranked, searched.Count, all.Count > searched.Count));
    }

    private Passage? Quote(float[] question, List<Passage> ranked, CancellationToken cancellationToken)
    {
        var sentences = ranked.Take(PassagesQuotedFrom)
            .SelectMany(p => SentenceSplitter.Split(p.Text).Select(s => (Passage: p, Sentence: s)))
            .ToList();
        var vectors = embedder.Embed([.. sentences.Select(s => s.Sentence.Text)], null, cancellationToken);
        var best = sentences
            .Select((s, i) => new Passage(
                s.Sentence.Text, s.Passage.Document, s.Passage.Title, s.Passage.Offset + s.Sentence.Offset, Score(vectors[i], question)))
            .MaxBy(a => a.Score);
        return best?.Score >= NearEnough ? best : null;
    }

    private static double Score(float[] left, float[] right) =>
        Math.Clamp(Math.Round(Vectors.Similarity(left, right), 4), -1, 1);
}
