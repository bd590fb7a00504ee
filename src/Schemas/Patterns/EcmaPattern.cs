using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orkestron.Schemas.Documents;

namespace Orkestron.Schemas.Patterns;

/// <summary>
/// A regular expression as JSON Schema means it (ECMA-262, Unicode), applied in linear time where it can be, and with
/// look-around or back references under a time limit.
/// </summary>
public sealed class EcmaPattern
{
    /// <summary>The longest pattern, in characters: generators write long ones for addresses.</summary>
    public const int MaxLength = 4_096;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
    private readonly Regex _regex;

    /// <exception cref="SchemaException">It is no regular expression, or one that is not applied here.</exception>
    public EcmaPattern(string pattern)
    {
        Source = pattern;
        if (pattern.Length > MaxLength)
        {
            throw new SchemaException($"a pattern has at most {MaxLength:N0} characters.");
        }

        try
        {
            (_regex, IsLinear) = Compile(EcmaTranslation.Of(pattern));
        }
        catch (ArgumentException fault)
        {
            throw new SchemaException($"the pattern '{pattern[..Math.Min(pattern.Length, 60)]}' is not a regular expression (ECMA-262): {fault.Message}", fault);
        }
    }

    public string Source { get; }

    /// <summary>Whether it needs time only in proportion to the text.</summary>
    public bool IsLinear { get; }

    /// <summary>Whether it is found in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="spent">How long that took; zero for what is linear.</param>
    /// <exception cref="RegexMatchTimeoutException">It took longer than 100 ms.</exception>
    public bool IsMatch(string text, out TimeSpan spent)
    {
        if (IsLinear)
        {
            spent = TimeSpan.Zero;
            return _regex.IsMatch(text);
        }

        var started = Stopwatch.GetTimestamp();
        var found = _regex.IsMatch(text);
        spent = Stopwatch.GetElapsedTime(started);
        return found;
    }

    private static (Regex Regex, bool Linear) Compile(string pattern)
    {
        try
        {
            return (new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), true);
        }
        catch (NotSupportedException)
        {
            return (new Regex(pattern, RegexOptions.CultureInvariant, Limit), false);
        }
    }
}
