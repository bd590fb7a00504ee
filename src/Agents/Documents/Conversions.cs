namespace Orkestron.Agents.Documents;

/// <summary>Which formats convert into which, and how.</summary>
internal static class Conversions
{
    /// <summary>Whether there is a way; Markdown into Markdown has nothing to do and is none.</summary>
    public static bool Known(DocumentFormat from, DocumentFormat to) =>
        from != DocumentFormat.Unset && to != DocumentFormat.Unset
        && IsData(from) == IsData(to)
        && (from != to || from is not (DocumentFormat.Markdown or DocumentFormat.Text));

    public static string Convert(
        string document, DocumentInput request, List<string> warnings, CancellationToken cancellationToken)
    {
        if (!IsData(request.From))
        {
            return (request.From, request.To) switch
            {
                (DocumentFormat.Text, DocumentFormat.Html) => PlainText.ToHtml(document),
                (DocumentFormat.Text, _) => PlainText.ToMarkdown(document),
                (var from, DocumentFormat.Html) => Html.ToText(Read(document, from, warnings)),
                (var from, DocumentFormat.Markdown) => HtmlToMarkdown.Write(Read(document, from, warnings), warnings),
                var (from, _) => HtmlToText.Write(Read(document, from, warnings)),
            };
        }

        var data = request.From switch
        {
            DocumentFormat.Json => JsonData.Read(document, null, warnings),
            DocumentFormat.JsonLines => JsonData.Read(document, true, warnings),
            DocumentFormat.Yaml => YamlReader.ReadAll(document, warnings),
            _ => CsvData.Read(document, request.DetectTypes, warnings, cancellationToken),
        };
        return request.To switch
        {
            DocumentFormat.Json => JsonData.Write(data),
            DocumentFormat.JsonLines => JsonData.WriteLines(data),
            DocumentFormat.Yaml => YamlWriter.Write(data),
            _ => CsvData.Write(data, warnings),
        };
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Read(string document, DocumentFormat from, List<string> warnings) =>
        Html.ReadSafely(from == DocumentFormat.Markdown ? MarkdownText.ToHtml(document) : document, warnings);

    private static bool IsData(DocumentFormat format) =>
        format is DocumentFormat.Json or DocumentFormat.JsonLines or DocumentFormat.Yaml or DocumentFormat.Csv;
}
