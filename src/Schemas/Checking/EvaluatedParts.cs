using System.Text.Json;

namespace Orkestron.Schemas.Checking;

/// <summary>The parts of a value that were evaluated by schemas it fits: for the keywords <c>unevaluated…</c>, and to leave out
/// undeclared members.</summary>
internal sealed class EvaluatedParts
{
    private HashSet<string>? _names;
    private HashSet<string>? _mentioned;
    private HashSet<int>? _items;
    private Dictionary<string, EvaluatedParts>? _members;
    private Dictionary<int, EvaluatedParts>? _elements;

    /// <summary>Whether a schema lists the members. Where none does, any member is declared.</summary>
    public bool NamesMembers { get; set; }

    /// <summary>Whether a schema lists the first items.</summary>
    public bool NamesItems { get; set; }

    /// <summary>Items before this index were evaluated.</summary>
    public int FirstItems { get; set; }

    public bool AllItems { get; set; }

    public void Name(string name) => (_names ??= new(StringComparer.Ordinal)).Add(name);

    /// <summary>Marks a member that is only named, for instance as required, without a schema of its own.</summary>
    public void Mention(string name) => (_mentioned ??= new(StringComparer.Ordinal)).Add(name);

    public void Item(int index) => (_items ??= []).Add(index);

    public bool HasName(string name) => _names?.Contains(name) == true;

    public bool HasItem(int index) => AllItems || index < FirstItems || _items?.Contains(index) == true;

    public EvaluatedParts Member(string name)
    {
        _members ??= new(StringComparer.Ordinal);
        return _members.TryGetValue(name, out var known) ? known : _members[name] = new();
    }

    public EvaluatedParts Element(int index)
    {
        _elements ??= [];
        return _elements.TryGetValue(index, out var known) ? known : _elements[index] = new();
    }

    /// <summary>Adds the parts that another schema evaluated.</summary>
    public void Take(EvaluatedParts other)
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

    public EvaluatedParts? Known(string name) => _members?.GetValueOrDefault(name);

    public EvaluatedParts? Known(int index) => _elements?.GetValueOrDefault(index);
}
