namespace Orkestron.Agents.Documents;

/// <summary>Which formats convert into which, and how.</summary>
internal static class Conversions
{
    /// <summary>Whether a conversion exists. There is none from Markdown or text to itself.</summary>
    public static bool Known(DocumentFormat from, DocumentFormat to) =>
        IsData(from) == IsData(to)
        && (from != to || from is not (DocumentFormat.Markdown or DocumentFormat.Text));

    public static string Convert(
        string document, DocumentFormat from, DocumentFormat to, bool detectTypes, List<string> warnings,
        CancellationToken cancellationToken)
    {
        if (!IsData(from))
        {
            return (from, to) switch
            {
                (DocumentFormat.Text, DocumentFormat.Html) => PlainText.ToHtml(document),
                (DocumentFormat.Text, _) => PlainText.ToMarkdown(document),
                (_, DocumentFormat.Html) => Html.ToText(Read(document, from, warnings)),
                (_, DocumentFormat.Markdown) => HtmlToMarkdown.Write(Read(document, from, warnings), warnings),
                _ => HtmlToText.Write(Read(document, from, warnings)),
            };
        }

        var data = from switch
        {
            DocumentFormat.Json => JsonData.Read(document, null, warnings),
            DocumentFormat.JsonLines => JsonData.Read(document, true, warnings),
            DocumentFormat.Yaml => YamlReader.ReadAll(document, warnings),
            _ => CsvData.Read(document, detectTypes, warnings, cancellationToken),
        };
        return to switch
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
