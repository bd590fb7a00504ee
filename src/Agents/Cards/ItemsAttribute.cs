namespace Orkestron.Agents.Cards;

/// <summary>Describes the items of a list, or the values of a dictionary, in the schema of a card. Types that have attributes of
/// their own need none.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class ItemsAttribute : Attribute
{
    /// <summary>What a form calls an item.</summary>
    public string? Title { get; init; }

    /// <summary>The shortest text, in characters; 0 for no limit.</summary>
    public int MinLength { get; init; }

    /// <summary>The longest text, in characters; 0 for no limit.</summary>
    public int MaxLength { get; init; }

    /// <summary>The smallest number.</summary>
    public int Minimum { get; init; } = int.MinValue;

    /// <summary>Whether a form shows several lines.</summary>
    public bool IsMultiline { get; init; }
}
