using System.Collections.Immutable;
using System.Text;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Users;

/// <summary>Elements are sealed: a copy of the database must not be enough to forge a cookie.</summary>
[GrainType("key-ring")]
internal sealed class KeyRingGrain(
    [PersistentState("key-ring", StorageNames.Cold)] IPersistentState<KeyRingRecord> stored, ISealer sealer)
    : Grain, IKeyRingGrain
{
    private const int MaxElements = 100;

    public async Task<ImmutableArray<string>> ReadAsync()
    {
        var elements = ImmutableArray.CreateBuilder<string>(stored.State.Sealed.Count);
        foreach (var each in stored.State.Sealed.ToArray())
        {
            var opened = await sealer.OpenAsync(Subject, Subject, each);
            elements.Add(Encoding.UTF8.GetString(
                opened ?? throw new InvalidOperationException("The key ring's own key was destroyed.")));
        }

        return elements.DrainToImmutable();
    }

    public async Task AddAsync(string element)
    {
        stored.State.Sealed.Add(await sealer.SealAsync(Subject, Subject, Encoding.UTF8.GetBytes(element)));
        if (stored.State.Sealed.Count > MaxElements)
        {
            stored.State.Sealed.RemoveAt(0);
        }

        await stored.SaveAsync(this);
    }

    private string Subject => $"key-ring/{this.GetPrimaryKeyString()}";
}

/// <summary>The sealed elements, oldest first.</summary>
[GenerateSerializer, Alias("orkestron.key-ring-record")]
internal sealed class KeyRingRecord
{
    [Id(0)]
    public List<byte[]> Sealed { get; set; } = [];
}
