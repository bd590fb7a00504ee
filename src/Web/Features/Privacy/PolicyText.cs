namespace Orkestron.Web.Features.Privacy;

/// <summary>What a part of the policy is.</summary>
internal enum PolicyBlockKind
{
    Section,
    Part,
    Paragraph,
    List,
}

/// <summary>A part of the policy.</summary>
internal sealed record PolicyBlock(PolicyBlockKind Kind, IReadOnlyList<string> Lines);

/// <summary>Finds the headings and lists in the plain text of the policy without changing its wording. Pure.</summary>
internal static class PolicyText
{
    public static IReadOnlyList<PolicyBlock> Blocks(string text)
    {
        var blocks = new List<PolicyBlock>();
        var items = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                items.Add(line[2..]);
                continue;
            }

            Flush(blocks, items);
            blocks.Add(new PolicyBlock(KindOf(line), [line]));
        }

        Flush(blocks, items);
        return blocks;
    }

    private static PolicyBlockKind KindOf(string line) => line switch
    {
        [>= '0' and <= '9', >= '0' and <= '9', ' ', ..] => PolicyBlockKind.Section,
        [>= '0' and <= '9', '.', >= '0' and <= '9', ' ', ..] => PolicyBlockKind.Part,
        _ => PolicyBlockKind.Paragraph,
    };

    private static void Flush(List<PolicyBlock> blocks, List<string> items)
    {
        if (items.Count > 0)
        {
            blocks.Add(new PolicyBlock(PolicyBlockKind.List, [.. items]));
            items.Clear();
        }
    }
}
