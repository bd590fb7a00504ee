using System.Text;
using Orkestron.Agents.Common;
using Orkestron.Agents.Documents;
using Orkestron.Agents.Keywords;
using Orkestron.Agents.Search;
using Orkestron.Agents.Summaries;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Research;

/// <summary>
/// Writes the brief section by section, to the answer and to those who watch. What agents gave is shown as text, never
/// as markup.
/// </summary>
internal sealed class ResearchBrief(IAgentContext context)
{
    private const int MaxText = 12_000;

    private readonly StringBuilder _text = new();
    private readonly List<string> _missing = [];
    private readonly List<Exception> _faults = [];

    public string Text => _text.ToString();

    public IReadOnlyList<string> Missing => _missing;

    public IReadOnlyList<Exception> Faults => _faults;

    public void Begin(string question) => Write($"# {Plain(question)}\n");

    public void Answer(ResearchPart<SearchAnswer> part, int documents)
    {
        Write("\n## Answer\n\n");
        if (IsMissing(part))
        {
            return;
        }

        var found = part.Value!;
        Write(found.Answer is { } answer
            ? $"> {Plain(answer.Text)}\n>\n> *{Plain(answer.Title)}*\n"
            : $"Nothing in the {documents} document(s) is near enough to the question.\n");
        Write("\n## Where to read\n\n");
        foreach (var passage in (found.Passages ?? []).Take(3))
        {
            Write($"- **{Plain(passage?.Title)}**: {Plain(passage?.Text)}\n");
        }
    }

    public void Summary(string title, ResearchPart<SummariserAnswer> part, bool first)
    {
        Write($"{(first ? "\n## Summaries\n" : "")}\n### {Plain(title)}\n\n");
        if (!IsMissing(part))
        {
            Write(Plain(part.Value!.Summary) + "\n");
        }
    }

    public void Keywords(ResearchPart<KeywordAnswer> part)
    {
        Write("\n## Key terms\n\n");
        if (!IsMissing(part))
        {
            var terms = Terms(part.Value);
            Write(terms.Count == 0 ? "None stands out.\n" : string.Join(", ", terms.Select(Plain)) + "\n");
        }
    }

    public void End()
    {
        if (_missing.Count > 0)
        {
            Write("\n## Missing\n\n" + string.Concat(_missing.Select(static m => $"- {Plain(m)}\n")));
        }
    }

    public static IReadOnlyList<string> Terms(KeywordAnswer? answer) =>
        [.. (answer?.Keyphrases ?? []).Take(12).Select(static phrase => Cut(phrase?.Text) ?? "")];

    public static string? Cut(string? text) => text is null ? null : TextCut.Head(text, MaxText);

    private bool IsMissing<T>(ResearchPart<T> part)
        where T : class
    {
        if (part.Fault is null)
        {
            return false;
        }

        _faults.Add(part.Fault);
        var why = part.Fault.Message;
        _missing.Add($"{char.ToUpperInvariant(part.Name[0])}{part.Name[1..]}: {TextCut.Head(why, 300)}");
        Write("*Missing.*\n");
        return true;
    }

    private static string Plain(string? text) => PlainText.Escape(Blocks.OneSpace(Cut(text) ?? "").Trim());

    private void Write(string text)
    {
        _text.Append(text);
        context.Write(text);
    }
}
