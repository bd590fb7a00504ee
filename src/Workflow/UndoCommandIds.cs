namespace Orkestron.Workflow;

/// <summary>Places in an agent's code where what was done is undone: <c>undo.3.0</c> undoes <c>3</c>.</summary>
public static class UndoCommandIds
{
    /// <summary>The part of a place that says so.</summary>
    public const string Word = "undo";

    /// <summary>Whether what is asked for at a place undoes something.</summary>
    public static bool Has(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.StartsWith(Word + ".", StringComparison.Ordinal) || place.Contains("." + Word + ".", StringComparison.Ordinal);
    }
}
