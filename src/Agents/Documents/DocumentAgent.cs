using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Documents;

/// <summary>Converts a document between formats of text and between formats of data.</summary>
internal sealed class DocumentAgent(WorkGate gate) : IAgent
{
    private const int Preview = 2_000;

    public AgentCard Card => DocumentCard.Card;

    public Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<DocumentInput>(input);
        var document = Check.Text(request.Document, "document", DocumentCard.MaxCharacters);
        if (document.Contains('\0', StringComparison.Ordinal))
        {
            throw DocumentFault.Of("not_text", "`document` has a NUL: that is binary data, not text.");
        }

        // A byte order mark is no part of the document.
        document = document[0] == '\uFEFF' ? document[1..] : document;
        if (request is not { From: { } from, To: { } to } || !Conversions.Known(from, to))
        {
            throw DocumentFault.Of(
                "unsupported_conversion",
                "This pair of formats cannot be converted: markdown, html and text convert into html, text or markdown; "
                + "json, json-lines, yaml and csv convert into each other.");
        }

        return gate.RunAsync(
            () => Convert(document, from, to, request.DetectTypes, context, cancellationToken), cancellationToken);
    }

    private static JsonElement Convert(
        string document, DocumentFormat from, DocumentFormat to, bool detectTypes, IAgentContext context,
        CancellationToken cancellationToken)
    {
        context.Progress(10, $"Reading {document.Length:N0} characters");
        var warnings = new List<string>();
        if (document.Count(static c => c == '\uFFFD') is > 0 and var lost)
        {
            warnings.Add($"The document has {lost} characters that were lost before it came here (U+FFFD): read its file in the right encoding.");
        }

        var converted = Conversions.Convert(document, from, to, detectTypes, warnings, cancellationToken);
        if (converted.Length > DocumentCard.MaxConverted)
        {
            throw DocumentFault.Of(
                "output_too_large",
                $"The converted document has {converted.Length:N0} characters; at most {DocumentCard.MaxConverted:N0} are allowed.");
        }

        context.Write(converted.Length <= Preview ? converted : TextCut.Head(converted, Preview) + "…");
        context.Progress(100, $"Wrote {converted.Length:N0} characters");
        return AgentJson.Answer(new DocumentAnswer(converted, converted.Length, warnings));
    }
}
