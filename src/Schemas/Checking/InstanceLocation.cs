using System.Globalization;
using System.Text;
using Orkestron.Contracts;

namespace Orkestron.Schemas.Checking;

/// <summary>A location in a value: its parent and its name there.</summary>
internal sealed class InstanceLocation(InstanceLocation? above, string name, bool isItem = false)
{
    public static InstanceLocation Root { get; } = new(null, "");

    public InstanceLocation Member(string member) => new(this, member);

    public InstanceLocation Item(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), true);

    /// <summary>The label of the location where no schema gives it a title.</summary>
    public string Label => above is null ? "" : isItem ? $"Item {int.Parse(name, CultureInfo.InvariantCulture) + 1}" : Wording.Label(name);

    public string Pointer()
    {
        var parts = new Stack<string>();
        for (var (at, up) = (name, above); up is not null; (at, up) = up.Step)
        {
            parts.Push(at);
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append('/').Append(JsonPointer.Escape(part));
        }

        return text.ToString();
    }

    private (string, InstanceLocation?) Step => (name, above);
}
