using System.Globalization;
using System.Text.Json.Serialization;

namespace Orkestron.Contracts;

/// <summary>
/// An amount of tokens, kept as whole micro-tokens (1 token = 1,000,000 micro-tokens). In JSON a decimal string of whole
/// tokens with up to six places, for instance <c>"0.25"</c>.
/// </summary>
/// <param name="Micro">Micro-tokens; may be negative in a posting.</param>
[JsonConverter(typeof(TokensJsonConverter))]
public readonly record struct Tokens(long Micro) : IComparable<Tokens>
{
    /// <summary>Micro-tokens in one token.</summary>
    public const long MicroPerToken = 1_000_000;

    /// <summary>No tokens.</summary>
    public static Tokens Zero => default;

    /// <summary>Whole tokens.</summary>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static Tokens Whole(long tokens) => new(checked(tokens * MicroPerToken));

    public static Tokens operator +(Tokens left, Tokens right) => new(checked(left.Micro + right.Micro));

    public static Tokens operator -(Tokens left, Tokens right) => new(checked(left.Micro - right.Micro));

    public static bool operator <(Tokens left, Tokens right) => left.Micro < right.Micro;

    public static bool operator >(Tokens left, Tokens right) => left.Micro > right.Micro;

    public static bool operator <=(Tokens left, Tokens right) => left.Micro <= right.Micro;

    public static bool operator >=(Tokens left, Tokens right) => left.Micro >= right.Micro;

    /// <summary>Reads <c>"12"</c>, <c>"0.5"</c> or <c>"-3.000001"</c>: digits and a point, no exponent, no grouping.</summary>
    public static bool TryParse(string? text, out Tokens tokens)
    {
        tokens = default;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        if (value is > 9_000_000_000_000m or < -9_000_000_000_000m)
        {
            return false;
        }

        var micro = value * MicroPerToken;
        if (micro != decimal.Truncate(micro))
        {
            return false;
        }

        tokens = new Tokens((long)micro);
        return true;
    }

    public int CompareTo(Tokens other) => Micro.CompareTo(other.Micro);

    /// <summary>The decimal string of whole tokens, with no trailing zeros.</summary>
    public override string ToString() => (Micro / (decimal)MicroPerToken).ToString("0.######", CultureInfo.InvariantCulture);
}
