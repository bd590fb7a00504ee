using System.Text;

namespace Orkestron.Domain;

/// <summary>A JSON text as UTF-8, never copied between grains of a silo. Do not change the bytes.</summary>
/// <param name="Utf8">One valid JSON value.</param>
[GenerateSerializer, Immutable, Alias("orkestron.payload")]
public sealed record Payload([property: Id(0)] byte[] Utf8)
{
    /// <summary>An empty object.</summary>
    public static Payload EmptyObject { get; } = new("{}"u8.ToArray());

    /// <summary>Size in bytes.</summary>
    public int Length => Utf8.Length;

    public static Payload Of(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Whether the other is the same text, byte for byte.</summary>
    public bool SameAs(Payload? other) => other is not null && Utf8.AsSpan().SequenceEqual(other.Utf8);

    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}
