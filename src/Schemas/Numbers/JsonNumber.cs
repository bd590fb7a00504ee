using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Orkestron.Schemas.Numbers;

/// <summary>
/// A number as JSON writes it, of any length and size, compared and divided exactly: 0.d1d2d3… times ten to the power of
/// <c>point</c>. What it costs grows with the digits that are written, never with what they stand for.
/// </summary>
public readonly struct JsonNumber : IComparable<JsonNumber>, IEquatable<JsonNumber>
{
    // An exponent that no one can mean; beyond it numbers are taken for equally large.
    private const long MostPoint = 1L << 60;
    private const int Chunk = 18;

    private readonly string? _digits;
    private readonly long _point;
    private readonly bool _negative;

    private JsonNumber(bool negative, string digits, long point) =>
        (_negative, _digits, _point) = digits.Length == 0 ? (false, "", 0) : (negative, digits, point);

    /// <summary>Whether it has no part below one: 2.0 and 1e2 have none.</summary>
    public bool IsInteger => _point >= Digits.Length;

    /// <summary>Whether it is zero.</summary>
    public bool IsZero => Digits.Length == 0;

    /// <summary>How many digits it has, without zeros at either end.</summary>
    public int Length => Digits.Length;

    private string Digits => _digits ?? "";

    public static bool operator ==(JsonNumber left, JsonNumber right) => left.Equals(right);

    public static bool operator !=(JsonNumber left, JsonNumber right) => !left.Equals(right);

    public static bool operator <(JsonNumber left, JsonNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(JsonNumber left, JsonNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(JsonNumber left, JsonNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JsonNumber left, JsonNumber right) => left.CompareTo(right) >= 0;

    /// <summary>The number of an element of kind Number.</summary>
    public static JsonNumber Of(JsonElement number) => Of(JsonMarshal.GetRawUtf8Value(number));

    /// <summary>The number of a JSON text.</summary>
    /// <param name="utf8">One valid JSON number.</param>
    public static JsonNumber Of(ReadOnlySpan<byte> utf8)
    {
        var negative = utf8[0] == '-';
        var text = negative ? utf8[1..] : utf8;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = e < 0 ? 0 : Exponent(text[(e + 1)..]);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf((byte)'.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var digits = dot < 0
            ? Encoding.ASCII.GetString(whole)
            : Encoding.ASCII.GetString(whole) + Encoding.ASCII.GetString(mantissa[(dot + 1)..]);
        var leading = digits.AsSpan().IndexOfAnyExcept('0');
        return leading < 0
            ? default
            : new JsonNumber(negative, digits.AsSpan(leading).TrimEnd('0').ToString(), whole.Length - leading + exponent);
    }

    /// <summary>Whether a JSON number is whole, found without reading it where it is written without point and exponent.</summary>
    public static bool IsWhole(JsonElement number)
    {
        var text = JsonMarshal.GetRawUtf8Value(number);
        return text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || Of(text).IsInteger;
    }

    public int CompareTo(JsonNumber other)
    {
        if (IsZero || other.IsZero || _negative != other._negative)
        {
            return Sign.CompareTo(other.Sign);
        }

        var size = _point != other._point
            ? _point.CompareTo(other._point)
            : Math.Sign(string.CompareOrdinal(Digits, other.Digits));
        return _negative ? -size : size;
    }

    public bool Equals(JsonNumber other) => _negative == other._negative && _point == other._point && Digits == other.Digits;

    public override bool Equals(object? obj) => obj is JsonNumber other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_negative, _point, Digits.GetHashCode(StringComparison.Ordinal));

    /// <summary>Whether it is a whole number of times another, which is not zero.</summary>
    public bool IsMultipleOf(JsonNumber other)
    {
        if (IsZero)
        {
            return true;
        }

        var divisor = BigInteger.Parse(other.Digits, CultureInfo.InvariantCulture);
        // Powers of ten of the last digits; what is left of the lesser goes to the other side.
        var shift = (_point - Length) - (other._point - other.Length);
        if (shift < 0)
        {
            // No factor ten is left in the digits: only the divisor may take up fewer of them than it has.
            if (-shift > Length)
            {
                return false;
            }

            divisor *= BigInteger.Pow(10, (int)-shift);
            shift = 0;
        }

        var rest = Remainder(Digits, divisor);
        return (rest * BigInteger.ModPow(10, shift, divisor) % divisor).IsZero;
    }

    private int Sign => IsZero ? 0 : _negative ? -1 : 1;

    private static BigInteger Remainder(string digits, BigInteger divisor)
    {
        var rest = BigInteger.Zero;
        for (var at = 0; at < digits.Length; at += Chunk)
        {
            var part = digits.AsSpan(at, Math.Min(Chunk, digits.Length - at));
            rest = ((rest * BigInteger.Pow(10, part.Length)) + long.Parse(part, CultureInfo.InvariantCulture)) % divisor;
        }

        return rest;
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        var value = 0L;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min((value * 10) + (digit - '0'), MostPoint / 16);
        }

        return negative ? -value : value;
    }
}
