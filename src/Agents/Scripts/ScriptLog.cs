using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Scripts;

/// <summary>What a script logs: kept for the answer and streamed, both bounded.</summary>
internal sealed class ScriptLog(IAgentContext context)
{
    public const int MaxLines = 200;
    public const int MaxLine = 2_000;

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public bool Truncated { get; private set; }

    public void Add(string line)
    {
        if (_lines.Count == MaxLines)
        {
            Truncated = true;
            return;
        }

        var cut = TextCut.Head(line, MaxLine);
        Truncated |= cut.Length < line.Length;
        _lines.Add(cut);
        context.Write(cut + "\n");
    }
}
