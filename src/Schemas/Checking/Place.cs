using System.Globalization;
using System.Text;
using Orkestron.Contracts;

namespace Orkestron.Schemas.Checking;

/// <summary>A place in a value, as the way to it.</summary>
internal sealed class Place(Place? above, string name, bool isItem = false)
{
    public static Place Root { get; } = new(null, "");

    public Place Member(string member) => new(this, member);

    public Place Item(int index) => new(this, index.ToString(CultureInfo.InvariantCulture), true);

    /// <summary>What people call it, where no schema has a title for it.</summary>
    public string Words => above is null ? "" : isItem ? $"Item {int.Parse(name, CultureInfo.InvariantCulture) + 1}" : Wording.Words(name);

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

    private (string, Place?) Step => (name, above);
}
