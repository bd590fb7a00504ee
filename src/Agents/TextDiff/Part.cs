namespace Orkestron.Agents.TextDiff;

/// <summary>Some lines of a text, as their keys.</summary>
/// <param name="Keys">The keys of the whole text.</param>
/// <param name="From">The first line.</param>
/// <param name="To">The line after the last.</param>
internal readonly record struct Part(int[] Keys, int From, int To)
{
    public int Length => To - From;

    public int this[int index] => Keys[From + index];

    /// <summary>A part of this one.</summary>
    public Part Within(int from, int to) => new(Keys, From + from, From + to);
}
