using System.Text.Json;

namespace Orkestron.Schemas.Checking;

/// <summary>What of a value the schemas that it fits speak of: for <c>unevaluated…</c>, and for what an agent gets to see.</summary>
internal sealed class Seen
{
    private HashSet<string>? _names;
    private HashSet<string>? _mentioned;
    private HashSet<int>? _items;
    private Dictionary<string, Seen>? _members;
    private Dictionary<int, Seen>? _elements;

    /// <summary>Whether a schema says which members there are. Where none does, an object is free in form.</summary>
    public bool NamesMembers { get; set; }

    /// <summary>Whether a schema says which first items there are.</summary>
    public bool NamesItems { get; set; }

    /// <summary>The items before this one were looked at.</summary>
    public int FirstItems { get; set; }

    public bool AllItems { get; set; }

    public void Name(string name) => (_names ??= new(StringComparer.Ordinal)).Add(name);

    /// <summary>Named, for instance as required, without a schema of its own.</summary>
    public void Mention(string name) => (_mentioned ??= new(StringComparer.Ordinal)).Add(name);

    public void Item(int index) => (_items ??= []).Add(index);

    public bool HasName(string name) => _names?.Contains(name) == true;

    public bool HasItem(int index) => AllItems || index < FirstItems || _items?.Contains(index) == true;

    public Seen Member(string name)
    {
        _members ??= new(StringComparer.Ordinal);
        return _members.TryGetValue(name, out var known) ? known : _members[name] = new();
    }

    public Seen Element(int index)
    {
        _elements ??= [];
        return _elements.TryGetValue(index, out var known) ? known : _elements[index] = new();
    }

    /// <summary>Takes over what another schema saw of the same value.</summary>
    public void Take(Seen other)
    {
        NamesMembers |= other.NamesMembers;
        NamesItems |= other.NamesItems;
        AllItems |= other.AllItems;
        FirstItems = Math.Max(FirstItems, other.FirstItems);
        foreach (var name in other._names ?? [])
        {
            Name(name);
        }

        foreach (var name in other._mentioned ?? [])
        {
            Mention(name);
        }

        foreach (var item in other._items ?? [])
        {
            Item(item);
        }

        foreach (var (name, member) in other._members ?? [])
        {
            Member(name).Take(member);
        }

        foreach (var (index, element) in other._elements ?? [])
        {
            Element(index).Take(element);
        }
    }

    /// <summary>Whether a member is declared.</summary>
    public bool Declares(string name) => !NamesMembers || HasName(name) || _mentioned?.Contains(name) == true;

    /// <summary>Whether an item is declared.</summary>
    public bool Declares(int index) => !NamesItems || HasItem(index);

    public Seen? Known(string name) => _members?.GetValueOrDefault(name);

    public Seen? Known(int index) => _elements?.GetValueOrDefault(index);
}
