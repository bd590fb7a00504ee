using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Agents.Keywords;
using Orkestron.Agents.Search;
using Orkestron.Agents.Summaries;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Research;

/// <summary>Calls other agents for all documents at the same time and merges their answers into one brief.</summary>
internal sealed class ResearchAgent : IAgent
{
    public AgentCard Card => ResearchCard.Card;

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<ResearchInput>(input);
        var question = Check.Text(request.Question, "question", 500).Trim();
        var sentences = Check.Between(request.SentencesPerDocument, "sentencesPerDocument", 1, 10);
        var documents = Documents(request.Documents ?? []);
        var total = documents.Count + 2;
        var finished = 0;
        context.Progress(0, $"Asking {total} agents");

        // Every call is begun here, in this order and before the first is awaited: after a crash the recorded answers are
        // matched by it.
        var search = Part<SearchAnswer>("the answer", SearchCard.Card, new SearchInput(question, documents, 3));
        var summaries = documents.Select((d, i) => Part<SummariserAnswer>(
            $"the summary of {Named(d, i)}", SummariserCard.Card, new SummariserInput(d.Text, sentences, question))).ToList();
        var text = string.Join("\n\n", documents.Select(static d => d.Text));
        var keywords = Part<KeywordAnswer>(
            "the key terms", KeywordCard.Card, new KeywordInput(TextCut.Head(text, KeywordCard.MaxCharacters), 12, false));

        var brief = new ResearchBrief(context);
        brief.Begin(question);
        brief.Answer(await search, documents.Count);
        for (var i = 0; i < documents.Count; i++)
        {
            brief.Summary(Named(documents[i], i), await summaries[i], i == 0);
        }

        brief.Keywords(await keywords);
        if (brief.Faults.Count == total)
        {
            throw new AgentFailedException("None of the agents that were asked gave an answer: " + brief.Faults[0].Message)
            {
                Code = "research_failed",
                Retryable = brief.Faults.Any(static f => f is AgentFailedException { Retryable: true }),
            };
        }

        brief.End();
        context.Progress(100, $"Merged {total - brief.Faults.Count} of {total} parts");
        var (found, terms) = ((await search).Value, (await keywords).Value);
        return AgentJson.Answer(new ResearchAnswer(
            brief.Text,
            ResearchBrief.Cut(found?.Answer?.Text),
            ResearchBrief.Terms(terms),
            brief.Missing));

        Task<ResearchPart<T>> Part<T>(string name, AgentCard agent, object input)
            where T : class =>
            ResearchPart<T>.OfAsync(
                name,
                context.CallAgentAsync(agent.FullName(), JsonSerializer.SerializeToElement(input, AgentJson.Options), cancellationToken),
                message => context.Progress(95.0 * Interlocked.Increment(ref finished) / total, message));
    }

    private static List<SearchDocument> Documents(IReadOnlyList<ResearchDocument?> given)
    {
        Check.Between(given.Count, "The number of documents", 1, ResearchCard.MaxDocuments);
        return [.. given.Select(static (d, i) => new SearchDocument(
            string.IsNullOrWhiteSpace(d?.Title)
                ? $"Document {i + 1}"
                : Check.Text(d.Title, $"documents[{i}].title", 200).ReplaceLineEndings(" "),
            Check.Text(d?.Text, $"documents[{i}].text", ResearchCard.MaxCharacters)))];
    }

    private static string Named(SearchDocument document, int index) => document.Title ?? $"Document {index + 1}";
}
